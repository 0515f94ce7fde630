package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.job.answer.AnswerLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether this version goes on from the savepoints that releases have left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UpgradeTest {

  /** Where {@link #theSavepointOfThisVersionIsSmallAndNamesNoMachine} leaves it for the next. */
  private static final String FILE = "flamingo.savepoint";

  private static final String RELEASE = "0.1.0";
  private static final long LARGEST = 5_000_000;
  private static final Pattern OF_A_MACHINE =
      Pattern.compile(
          "file:|/(tmp|home|root|work|var|opt|usr|private|Users|builds?)/|localhost"
              + "|\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  /** The classes of ours that state may depend on, and the serializers of Flink's that may not. */
  private static final Pattern CLASS =
      Pattern.compile("dev\\.flamingo\\.[A-Za-z0-9_.$]+|(Pojo|Kryo|Java|Enum)Serializer");

  private static final List<String> CLASSES = List.of("dev.flamingo.job.state.StoredSnapshot");

  /** A stream is waited for, however slow the machine is. */
  private static final AnswerLimits PATIENT =
      new AnswerLimits(
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          2_048,
          Duration.ofSeconds(4));

  @SuppressWarnings("NullAway.Init") // set by open()
  private EmbeddedKafka kafka;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    kafka = new EmbeddedKafka(folder);
  }

  @AfterAll
  void close() {
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void theStateOfReleaseGoesOn(String backend, @TempDir Path folder) throws Exception {
    // The topics of the savepoint.
    String prefix = "release.";
    ReleasedSavepoint.unpack(RELEASE, folder.resolve(EmbeddedJob.id(prefix) + "/chk-1"));
    EchoModel.Provider echo = new EchoModel.Provider(prefix + backend);
    try (EmbeddedKafka own = new EmbeddedKafka(folder.resolve("kafka"));
        Pipeline pipeline = pipeline(own, folder, prefix, echo)) {
      pipeline.keepForEver();
      Story story = new Story(pipeline);
      // Counted by the savepoint, and not read again.
      story.register();
      story.begin();
      story.goOn();
      pipeline.start(settings(backend));

      assertThat(pipeline.answer(Story.LAST).text()).isEqualTo(Story.names(73, 80));
      // Accepted questions are answered, of frames before and after.
      assertThat(pipeline.answer(Story.WAITING).text()).isEqualTo(Story.names(5, 12));
      assertThat(pipeline.answer(Story.WAITING_FOR_SUPPORT).text())
          .isEqualTo("shot what: a wug; " + Story.names(73, 80));
      assertThat(pipeline.answer(Story.SPEAKING).status()).isEqualTo(AnswerStatus.FAILED);
      // Windows are remembered, and no frame is encoded again.
      assertThat(pipeline.answer(Story.OF_HISTORY).text()).isEqualTo(Story.names(1, 8));
      assertThat(echo.encoded()).doesNotContainKey("street-8").containsEntry("street-9", 1);
      // Registries are remembered.
      assertThat(pipeline.answer(Story.WITH_SUPPORT).text())
          .isEqualTo("shot what: a blicket; " + Story.names(73, 80));
      await("caption").atMost(Pipeline.PATIENCE).until(() -> !pipeline.captions().isEmpty());
      // Ids are remembered.
      assertThat(pipeline.answers()).extracting(Answer::id).doesNotContain(Story.ANSWERED);
      pipeline.checkTheJobNeverFailed();
    }
  }

  private static Configuration settings(String backend) {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, backend);
    settings.set(RocksDBOptions.USE_MANAGED_MEMORY, false);
    return settings;
  }

  private static Pipeline pipeline(
      EmbeddedKafka kafka, Path folder, String prefix, EchoModel.Provider echo) throws Exception {
    return Pipeline.create(
        kafka,
        folder,
        prefix,
        echo,
        usual -> usual.withAnswers(PATIENT).withCheckpointEvery(Duration.ofHours(1)));
  }

  @Test
  void theSavepointOfTheReleaseIsSmallAndNamesNoMachine(@TempDir Path folder) throws IOException {
    ReleasedSavepoint.unpack(RELEASE, folder);
    checkSmallAndNeutral(folder);
  }

  /** With a file in {@code -Dflamingo.savepoint} it stays there. */
  @Test
  void theSavepointOfThisVersionIsSmallAndNamesNoMachine(@TempDir Path folder) throws Exception {
    try (Pipeline pipeline =
        pipeline(kafka, folder, "release.", new EchoModel.Provider("this-version"))) {
      Path savepoint = ReleasedSavepoint.write(pipeline, folder.resolve("savepoints"));
      checkSmallAndNeutral(savepoint);
      String file = System.getProperty(FILE);
      if (file != null) {
        assertThat(pipeline.answers()).extracting(Answer::id).containsExactly(Story.ANSWERED);
        checkNames(savepoint, InetAddress.getLocalHost().getHostName());
        ReleasedSavepoint.pack(savepoint, Path.of(file));
      }
    }
  }

  private static void checkNames(Path folder, String host) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(host);
      }
    }
  }

  private static void checkSmallAndNeutral(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        size += bytes.length;
        assertThat(placesIn(bytes)).as(Objects.toString(file.getFileName())).isEmpty();
        assertThat(classesIn(bytes)).as(Objects.toString(file.getFileName())).isSubsetOf(CLASSES);
      }
    }
    assertThat(size).isBetween(10_000L, LARGEST);
  }

  @Test
  void aPlaceWouldBeFound() {
    for (String place : List.of("\0file:/x", "a/home/me", "\0/\0t\0m\0p\0/", "127.0.0.1")) {
      assertThat(placesIn(place.getBytes(StandardCharsets.ISO_8859_1))).isNotEmpty();
    }
    assertThat(placesIn("release.frames 0.1.0".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private static List<String> classesIn(byte[] bytes) {
    return CLASS
        .matcher(new String(bytes, StandardCharsets.ISO_8859_1))
        .results()
        .map(MatchResult::group)
        .distinct()
        .toList();
  }

  /** Returns what looks like a path or a host, in characters of one byte or of two. */
  private static List<String> placesIn(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return Stream.of(text, text.replace("\0", ""))
        .flatMap(all -> OF_A_MACHINE.matcher(all).results())
        .map(MatchResult::group)
        .toList();
  }
}
