package dev.flamingo.ingest.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's program out of the bundled library's jar: writes what the tests' own writer cannot. */
final class FfmpegProgram {

  private FfmpegProgram() {}

  /** Starts it with arguments as on a command line, parted by single spaces. */
  static Process start(Path folder, String arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class)));
    command.addAll(List.of("-hide_banner", "-loglevel", "error", "-nostdin", "-y"));
    command.addAll(List.of(arguments.split(" ")));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  /** Runs it to its end and returns the file that the last argument names. */
  static Path write(Path folder, String arguments) {
    try {
      Process process = start(folder, arguments);
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("ffmpeg " + arguments + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return folder.resolve(arguments.substring(arguments.lastIndexOf(' ') + 1));
  }
}
