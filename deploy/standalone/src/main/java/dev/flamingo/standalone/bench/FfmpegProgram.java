package dev.flamingo.standalone.bench;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;

/**
 * The {@code ffmpeg} program that comes with the libraries that ingest uses.
 *
 * @param program the program's file
 */
record FfmpegProgram(Path program) {

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Pattern CPU = Pattern.compile("bench: utime=([0-9.]+)s stime=([0-9.]+)s");

  /**
   * Unpacks the program, once on a machine.
   *
   * @throws IOException if there is none for this machine
   */
  static FfmpegProgram unpacked() throws IOException {
    try {
      Path program = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
      // The libraries that the program links lie beside it in its archive.
      Loader.cacheResource(
          org.bytedeco.ffmpeg.ffmpeg.class,
          "/org/bytedeco/ffmpeg/" + program.resolveSibling("").getFileName());
      return new FfmpegProgram(program);
    } catch (UnsatisfiedLinkError e) {
      throw new IOException(
          "the ffmpeg program does not come for this machine: leave out sample", e);
    }
  }

  /** Returns whether it can write videos by this encoder. */
  boolean encodes(String encoder) {
    // The library's word for it: program and library come together.
    return avcodec_find_encoder_by_name(encoder) != null;
  }

  /**
   * Runs it.
   *
   * @param output receives what it prints, a file that is written over
   * @param arguments beside those that keep it quiet and print its processor time
   * @return the seconds of processors that it used, user and system, by its own report
   * @throws IOException if it fails or takes too long
   */
  double run(Path output, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("-hide_banner", "-nostdin", "-nostats", "-benchmark", "-y"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("LD_LIBRARY_PATH", program.resolveSibling("").toString());
    Process process = builder.start();
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("ffmpeg takes longer than %d s".formatted(LONGEST.toSeconds()));
      }
    } finally {
      process.destroyForcibly();
    }
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    Matcher cpu = CPU.matcher(printed);
    if (process.exitValue() != 0 || !cpu.find()) {
      String last = printed.lines().reduce((first, second) -> second).orElse("it printed nothing");
      throw new IOException("ffmpeg failed: " + last.strip());
    }
    return Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2));
  }
}
