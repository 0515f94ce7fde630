package dev.flamingo.standalone.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands under the script that starts services again. */
final class Supervised {

  private static final Path SCRIPT = Path.of("../supervise").toAbsolutePath().normalize();

  private Supervised() {}

  /** Returns a command that is started again so many times, and leaves no core behind. */
  static ProcessBuilder command(int times, String... command) {
    List<String> all =
        new ArrayList<>(
            List.of("bash", "-c", "ulimit -c 0; exec \"$@\"", "bash", SCRIPT.toString()));
    all.add(Integer.toString(times));
    all.add("600");
    all.addAll(List.of(command));
    return new ProcessBuilder(all);
  }
}
