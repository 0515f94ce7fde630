package dev.flamingo.training.street;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.training.corpus.Corpus;
import dev.flamingo.training.corpus.CorpusSampler;
import dev.flamingo.training.corpus.Example;
import dev.flamingo.training.corpus.Example.Media;
import dev.flamingo.training.corpus.Example.Part;
import dev.flamingo.training.corpus.Example.Text;
import dev.flamingo.training.corpus.PageCorpus;
import dev.flamingo.training.corpus.PairCorpus;
import dev.flamingo.training.corpus.VideoCorpus;
import dev.flamingo.training.glyph.GlyphSplit;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreetExportTest {

  private static final int EXAMPLES = 12;
  private static final long SEED = 5;

  private final Path folder;
  private final StreetExamples truth = new StreetExamples(SEED);
  private final StreetCaption caption = new StreetCaption();

  StreetExportTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void export() throws IOException {
    List<Integer> heard = new ArrayList<>();
    new StreetExport(folder.resolve("a"), SEED, EXAMPLES).write(heard::add);
    assertThat(heard).hasSize(EXAMPLES).endsWith(StreetExport.CORPORA * EXAMPLES);
  }

  @AfterAll
  void close() {
    truth.close();
  }

  private Path corpus(String name) {
    return folder.resolve("a").resolve(name);
  }

  @Test
  void pagesComeBackAsTheyWereDrawn() throws Exception {
    PageCorpus pages = PageCorpus.open(corpus("pages"));
    assertThat(pages.size()).isEqualTo(EXAMPLES);
    for (int i = 0; i < EXAMPLES; i++) {
      assertSame(pages.read(i), truth.page(i));
      int pictures = pages.read(i).parts().size() / 2;
      assertThat(pictures).isBetween(i % 3 == 2 ? 5 : 2, i % 3 == 2 ? 9 : 5);
    }
    assertThat(pages.health().skipped()).isZero();
  }

  @Test
  void pairsComeBackAsTheyWereDrawn() throws Exception {
    PairCorpus shortPairs = PairCorpus.open(corpus("pairs-short"));
    PairCorpus longPairs = PairCorpus.open(corpus("pairs-long"));
    assertThat(shortPairs.size()).isEqualTo(EXAMPLES);
    assertThat(longPairs.size()).isEqualTo(EXAMPLES);
    for (int i = 0; i < EXAMPLES; i++) {
      assertSame(shortPairs.read(i), truth.shortPair(i));
      assertSame(longPairs.read(i), truth.longPair(i));
      assertThat(text(longPairs.read(i))).contains(". the light is ").endsWith(".");
      assertThat(text(shortPairs.read(i))).doesNotContain(".");
    }
  }

  @Test
  void videosComeBackAsEightFramesOfTheirColours() throws Exception {
    VideoCorpus videos = VideoCorpus.open(corpus("videos"), StreetExamples.SIZE, 8);
    assertThat(videos.size()).isEqualTo(EXAMPLES);
    for (int i = 0; i < 4; i++) {
      Example read = videos.read(i);
      Example drawn = truth.video(i);
      assertThat(text(read)).isEqualTo(text(drawn));
      List<byte[]> frames = ((Media) read.parts().get(0)).jpegs();
      assertThat(frames).hasSize(StreetClip.FRAMES);
      for (int second = 0; second < frames.size(); second++) {
        assertThat(
                difference(frames.get(second), ((Media) drawn.parts().get(0)).jpegs().get(second)))
            .isCloseTo(0, within(3.0));
      }
    }
  }

  @Test
  void textsAreTrueOfClipsOfTheTrainingSplit() throws Exception {
    TrainingClips clips = new TrainingClips(SEED);
    VideoCorpus videos = VideoCorpus.open(corpus("videos"), StreetExamples.SIZE, 8);
    PairCorpus pairs = PairCorpus.open(corpus("pairs-long"));
    for (int i = 0; i < 4; i++) {
      StreetClip video = clips.some("video clips", i, 1).get(0);
      assertThat(text(videos.read(i))).isEqualTo(caption.of(video));
      StreetClip pair = clips.some("long clips", i, 1).get(0);
      int second = clips.random("long", i).nextInt(StreetClip.FRAMES);
      assertThat(text(pairs.read(i))).isEqualTo(caption.of(pair, second));
    }
  }

  @Test
  void glyphPagesBindEveryWordToOneKindTwiceOrMore() throws Exception {
    PageCorpus pages = PageCorpus.open(corpus("pages"));
    for (int i = 2; i < EXAMPLES; i += 3) {
      Map<String, Integer> words = new HashMap<>();
      for (Part part : pages.read(i).parts()) {
        if (part instanceof Text text) {
          assertThat(text.text()).matches("(Output:|Question: what is .*\\? Answer:) [a-z]{4}");
          words.merge(text.text().substring(text.text().length() - 4), 1, Integer::sum);
        }
      }
      assertThat(words).hasSizeBetween(2, 4);
      assertThat(words.values()).allSatisfy(times -> assertThat(times).isGreaterThan(1));
      assertThat(GlyphSplit.training().words()).containsAll(words.keySet());
    }
  }

  @Test
  void theSeedDecidesEveryByte() throws Exception {
    new StreetExport(folder.resolve("b"), SEED, EXAMPLES).write(done -> {});
    new StreetExport(folder.resolve("c"), SEED + 1, EXAMPLES).write(done -> {});
    Map<String, byte[]> files = files("a");
    Map<String, byte[]> again = files("b");
    assertThat(again.keySet()).isEqualTo(files.keySet());
    files.forEach((name, bytes) -> assertThat(again.get(name)).as(name).isEqualTo(bytes));
    assertThat(files("c").get("pairs-long/00000.tar"))
        .isNotEqualTo(files.get("pairs-long/00000.tar"));
  }

  @Test
  void aSamplerGoesThroughWhatIsExported() throws Exception {
    try (Corpus pages = PageCorpus.open(corpus("pages"))) {
      CorpusSampler sampler = new CorpusSampler(pages, 1, 5);
      assertThat(sampler.batch(3)).hasSize(5);
      assertSame(sampler.batch(3).get(0), sampler.batch(3).get(0));
    }
  }

  @Test
  void whatIsThereIsNotWrittenOver() throws Exception {
    assertThatThrownBy(() -> new StreetExport(folder.resolve("a"), SEED, 1).write(done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("%s is not empty: name a new folder", folder.resolve("a"));
    assertThatThrownBy(() -> new StreetExport(folder, 1L << 32, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4294967296");
    assertThatThrownBy(() -> new StreetExport(folder, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Map<String, byte[]> files(String name) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    Path root = folder.resolve(name);
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static String text(Example pair) {
    return ((Text) pair.parts().get(1)).text();
  }

  private static void assertSame(Example one, Example other) {
    assertThat(one.parts()).hasSameSizeAs(other.parts());
    for (int i = 0; i < one.parts().size(); i++) {
      if (one.parts().get(i) instanceof Media media && other.parts().get(i) instanceof Media as) {
        assertThat(media.jpegs().get(0)).isEqualTo(as.jpegs().get(0));
      } else {
        assertThat(one.parts().get(i)).isEqualTo(other.parts().get(i));
      }
    }
  }

  /** Returns the mean difference of two JPEGs' levels. */
  private static double difference(byte[] one, byte[] other) throws IOException {
    BufferedImage a = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(one)));
    BufferedImage b = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(other)));
    double sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((a.getRGB(x, y) >> shift & 0xff) - (b.getRGB(x, y) >> shift & 0xff));
        }
      }
    }
    return sum / (3.0 * a.getWidth() * a.getHeight());
  }
}
