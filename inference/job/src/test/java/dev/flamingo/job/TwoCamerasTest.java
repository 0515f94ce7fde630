package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.job.model.AnswererLimits;
import dev.flamingo.job.model.BatchLimits;
import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.job.model.ModelAnswer;
import dev.flamingo.job.model.ModelLimits;
import dev.flamingo.job.model.ModelQuestion;
import dev.flamingo.job.model.SharedModel;
import dev.flamingo.job.model.WindowFeatures;
import dev.flamingo.model.bundle.Bundle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real model under many questions at once. */
@Timeout(120)
final class TwoCamerasTest {

  private static final String TEXT = "what color is the bus?";
  private static final int QUESTIONS = 1_000;
  private static final BatchLimits BATCHES = new BatchLimits(4, Duration.ZERO, 100);

  @Test
  void askedTheSameAThousandTimesAtOnceEachIsAnsweredByItsOwnWindow(@TempDir Path folder)
      throws Exception {
    Bundle bundle = RandomBundle.write(folder.resolve("bundle"), 7);
    FlamingoModelProvider provider =
        new FlamingoModelProvider(
            bundle.directory().toString(), folder.resolve("cache").toString(), 1);
    ModelLimits limits =
        new ModelLimits(
            BATCHES, BATCHES, new AnswererLimits(16, QUESTIONS, 1), Duration.ofSeconds(3));
    try (SharedModel model = SharedModel.acquire(provider, limits)) {
      byte[] north = window(model, 1);
      ModelAnswer northAlone = ask(model, "north", north).get();
      // Another picture that makes a difference to a model that was never trained.
      int windows = 1;
      byte[] south;
      ModelAnswer southAlone;
      do {
        south = window(model, ++windows);
        southAlone = ask(model, "south", south).get();
      } while (southAlone.text().equals(northAlone.text()));

      List<CompletableFuture<ModelAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < QUESTIONS / 2; i++) {
        answers.add(ask(model, "north", north.clone()));
        answers.add(ask(model, "south", south.clone()));
      }

      for (int i = 0; i < QUESTIONS; i++) {
        ModelAnswer expected = i % 2 == 0 ? northAlone : southAlone;
        assertThat(answers.get(i).get().text()).isEqualTo(expected.text());
      }
      assertThat(count(model, "framesEncoded")).isEqualTo(windows);
      assertThat(count(model, "windowsResampled")).isEqualTo(windows);
      assertThat(count(model, "keysValuesBuilt")).isEqualTo(windows);
      assertThat(count(model, "keysValuesHits")).isEqualTo(QUESTIONS);
      assertThat(model.answerer().answers()).isEqualTo(QUESTIONS + windows);
    }
  }

  private static byte[] window(SharedModel model, int picture) throws Exception {
    byte[] features = model.encoder().submit(RandomBundle.picture(picture)).get().features();
    assertThat(features).isNotNull();
    return model.resampler().submit(new WindowFeatures(List.of(features))).get();
  }

  private static CompletableFuture<ModelAnswer> ask(
      SharedModel model, String stream, byte[] tokens) {
    CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
    model
        .answerer()
        .submit(
            stream,
            new ModelQuestion(TEXT, tokens, List.of(), 8, piece -> {}, answer::isDone),
            answer);
    return answer;
  }

  private static long count(SharedModel model, String name) {
    Map<String, LongSupplier> counters = model.counters();
    return Objects.requireNonNull(counters.get(name)).getAsLong();
  }
}
