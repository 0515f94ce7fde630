package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Path base;

  @Test
  void aTemporaryFolderGoesWithAllThatIsInIt() throws IOException {
    try (DataFolder folder = DataFolder.temporary(base)) {
      Files.writeString(folder.path().resolve("picture"), "of the street");
    }
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftGoesWithTheNext() throws IOException {
    Path left = base.resolve("flamingo-temporary-17");
    FolderLock.take(left).close();
    Files.writeString(Files.createDirectory(left.resolve("data")).resolve("picture"), "old");
    Path strange = Files.createDirectory(base.resolve("flamingo-temporary-notes"));
    try (DataFolder other = DataFolder.temporary(base);
        DataFolder folder = DataFolder.temporary(base)) {
      assertThat(left).doesNotExist();
      assertThat(strange).exists();
      assertThat(other.path()).exists();
      assertThat(folder.path()).exists();
    }
  }

  @Test
  void aFolderThatAUserChoseBesideThemIsNotSweptWhileNobodyUsesIt() throws IOException {
    Path chosen = base.resolve("flamingo-data");
    FolderLock.take(chosen).close();
    Files.writeString(chosen.resolve("picture"), "of the street");
    DataFolder.temporary(base).close();
    assertThat(chosen.resolve("picture")).exists();
  }

  @Test
  void aFolderOfTheUserStays() throws IOException {
    try (DataFolder folder = DataFolder.of(base)) {
      Files.writeString(folder.path().resolve("picture"), "of the street");
    }
    assertThat(base.resolve("picture")).exists();
  }
}
