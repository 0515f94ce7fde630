package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** The savepoint that a release leaves for later versions to go on from. */
final class ReleasedSavepoint {

  private ReleasedSavepoint() {}

  /** Writes the files of a release's savepoint into a folder. */
  static void unpack(String release, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (InputStream file =
            Objects.requireNonNull(
                ReleasedSavepoint.class.getResourceAsStream(
                    "savepoint-%s.zip".formatted(release)));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, folder.resolve(entry.getName()));
      }
    }
  }

  /**
   * Has a job read the first part of the story and returns the folder of its savepoint.
   *
   * @param pipeline not started yet
   */
  static Path write(Pipeline pipeline, Path folder) throws Exception {
    Story story = new Story(pipeline);
    pipeline.keepForEver();
    pipeline.start(settings());
    story.register();
    // A caption needs the registration before the first frame.
    await("registration")
        .atMost(Pipeline.PATIENCE)
        .until(() -> !pipeline.records(pipeline.topics.deadLetters()).isEmpty());
    story.begin();
    assertThat(pipeline.answer(Story.ANSWERED).text()).startsWith("shot what: a blicket; ");
    await("caption").atMost(Pipeline.PATIENCE).until(() -> !pipeline.captions().isEmpty());
    await("an answer under way")
        .atMost(Pipeline.PATIENCE)
        .until(() -> !pipeline.records(pipeline.topics.answerDeltas()).isEmpty());
    return pipeline.savepoint(folder);
  }

  /** Small states would lie in the metadata, together with the paths that they do not have. */
  private static Configuration settings() {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ZERO);
    return settings;
  }

  /** Packs the files of a savepoint into one. */
  static void pack(Path savepoint, Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
        Stream<Path> all = Files.list(savepoint)) {
      List<Path> files = all.sorted().toList();
      for (Path each : files) {
        ZipEntry entry = new ZipEntry(String.valueOf(each.getFileName()));
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        zip.putNextEntry(entry);
        Files.copy(each, zip);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
