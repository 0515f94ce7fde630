package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.events.Answer;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.events.ServedModel;
import dev.flamingo.job.answer.AnswerLimits;
import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.BundleWriter;
import dev.flamingo.model.familiarity.Familiarity;
import dev.flamingo.model.familiarity.PictureFit;
import dev.flamingo.model.familiarity.QuestionStatistics;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the job writes of a bundle that knows its training, and of one that does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FamiliarAnswersTest {

  private static final String TEXT = "what color is the bus?";
  private static final int FRAMES = 24;

  private final long start = Instant.now().getEpochSecond() * 1_000 - 120_000;
  private final JsonSerde<ServedModel> served = new JsonSerde<>(ServedModel.class);

  @SuppressWarnings("NullAway.Init") // set by open()
  private EmbeddedKafka kafka;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    kafka = new EmbeddedKafka(folder.resolve("kafka"));
  }

  @AfterAll
  void close() {
    kafka.close();
  }

  @Test
  void unfamiliarPicturesAreMarkedAndTheirCaptionsAreHeldBack(@TempDir Path folder)
      throws Exception {
    Bundle bundle = RandomBundle.write(folder.resolve("bundle"), 7);
    BundleWriter.addFamiliarity(bundle, statistics(bundle, folder), List.of(TEXT));
    try (Pipeline pipeline = start(bundle, folder, "held.", true)) {
      pipeline.register("noise", true);
      pipeline.register("stripes", true);
      for (int second = 1; second <= FRAMES; second++) {
        pipeline.frame("noise", start + second * 1_000L, noise(second));
      }
      pipeline.ask(Question.of("of-noise", "noise", TEXT), start + FRAMES * 1_000L);
      Answer ofNoise = pipeline.answer("of-noise");
      for (int second = 1; second <= FRAMES; second++) {
        pipeline.frame("stripes", start + second * 1_000L, RandomBundle.picture(second));
      }
      pipeline.ask(Question.of("of-stripes", "stripes", TEXT), start + FRAMES * 1_000L);
      Answer ofStripes = pipeline.answer("of-stripes");
      await()
          .atMost(Pipeline.PATIENCE)
          .until(() -> pipeline.captions().size() >= 4 && model(pipeline) != null);

      assertThat(ofNoise.familiar()).isFalse();
      assertThat(ofNoise.familiarity()).isBetween(0.0, 0.5);
      assertThat(ofStripes.familiar()).isTrue();
      assertThat(ofStripes.familiarity()).isBetween(0.5, 1.0);
      ServedModel model = Objects.requireNonNull(model(pipeline));
      assertThat(model.familiarity()).isTrue();
      assertThat(model.suggestions()).containsExactly(TEXT);
      assertThat(model.hash()).isEqualTo(bundle.hash());

      pipeline.stop();
      assertThat(pipeline.captions())
          .allSatisfy(
              caption -> {
                assertThat(caption.stream()).isEqualTo("stripes");
                assertThat(caption.familiar()).isTrue();
              });
    }
  }

  @Test
  void withoutStatisticsNothingIsSaidOfFamiliarityAndNoCaptionIsHeldBack(@TempDir Path folder)
      throws Exception {
    Bundle bundle = RandomBundle.write(folder.resolve("bundle"), 7);
    try (Pipeline pipeline = start(bundle, folder, "unmeasured.", true)) {
      pipeline.register("noise", true);
      for (int second = 1; second <= FRAMES; second++) {
        pipeline.frame("noise", start + second * 1_000L, noise(second));
      }
      pipeline.ask(Question.of("of-noise", "noise", TEXT), start + FRAMES * 1_000L);
      pipeline.answer("of-noise");
      await()
          .atMost(Pipeline.PATIENCE)
          .until(() -> !pipeline.captions().isEmpty() && model(pipeline) != null);

      assertThat(json(pipeline, pipeline.topics.answers()))
          .contains("of-noise")
          .doesNotContain("familiar");
      assertThat(json(pipeline, pipeline.topics.captions())).doesNotContain("familiar");
      assertThat(Objects.requireNonNull(model(pipeline)).familiarity()).isFalse();
    }
  }

  private Pipeline start(Bundle bundle, Path folder, String prefix, boolean hold) throws Exception {
    FlamingoModelProvider provider =
        new FlamingoModelProvider(
            bundle.directory().toString(), folder.resolve("cache").toString(), 1);
    return Pipeline.create(
            kafka,
            folder.resolve("checkpoints"),
            prefix,
            provider,
            usual -> usual.withAnswers(AnswerLimits.DEFAULT.withHoldUnfamiliar(hold)))
        .start();
  }

  private @Nullable ServedModel model(Pipeline pipeline) {
    return pipeline.records(pipeline.topics.models()).stream()
        .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals("random"))
        .map(record -> served.read(record.value()))
        .findFirst()
        .orElse(null);
  }

  private static String json(Pipeline pipeline, String topic) {
    return String.join(
        "\n",
        pipeline.records(topic).stream()
            .map(record -> new String(record.value(), StandardCharsets.UTF_8))
            .toList());
  }

  /** Fits statistics to the striped pictures, as a training on them would. */
  private static Familiarity statistics(Bundle bundle, Path folder) throws IOException {
    PictureFit fit = new PictureFit(bundle.architecture().vision().width());
    try (FlamingoEngine engine =
        FlamingoEngine.open(bundle, EngineOptions.cachedIn(folder.resolve("cache")))) {
      for (int clip = 0; clip < 100; clip++) {
        List<float[]> pixels = new ArrayList<>();
        for (int frame = 0; frame < 8; frame++) {
          pixels.add(engine.preprocessor().fromJpeg(RandomBundle.picture(clip + frame)));
        }
        List<float[]> features =
            engine.encoder().encode(pixels).stream().map(FrameFeatures::values).toList();
        if (clip % 2 == 0) {
          fit.addValidationClip(features);
        } else {
          features.forEach(fit::addClipFrame);
          features.forEach(fit::addPicture);
        }
      }
    }
    return new Familiarity(fit.fit(1), QuestionStatistics.of(List.of(TEXT)));
  }

  private static byte[] noise(int seed) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    for (int i = 0; i < 32 * 32; i++) {
      image.setRGB(i % 32, i / 32, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", jpeg);
    return jpeg.toByteArray();
  }
}
