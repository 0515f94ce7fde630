package dev.flamingo.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestVideoTest {

  @Test
  void aKeyframeComesEveryTwoSeconds(@TempDir Path folder) throws Exception {
    FfmpegProgram ffmpeg = FfmpegProgram.unpacked();
    Path video = TestVideo.SMALL.write(ffmpeg, folder);
    Path keyframes = folder.resolve("keyframes.txt");
    ffmpeg.run(
        folder.resolve("log"),
        List.of(
            "-skip_frame",
            "nokey",
            "-i",
            video.toString(),
            "-fps_mode",
            "passthrough",
            "-f",
            "framecrc",
            keyframes.toString()));
    assertThat(Files.readAllLines(keyframes)).filteredOn(line -> !line.startsWith("#")).hasSize(2);
  }

  @Test
  void whatFfmpegComplainsOfIsSaid(@TempDir Path folder) throws Exception {
    FfmpegProgram ffmpeg = FfmpegProgram.unpacked();
    assertThatThrownBy(
            () ->
                ffmpeg.run(folder.resolve("log"), List.of("-i", "nothing.mp4", "-f", "null", "-")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("ffmpeg failed: ");
  }
}
