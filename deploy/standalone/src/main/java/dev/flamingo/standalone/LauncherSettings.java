package dev.flamingo.standalone;

import dev.flamingo.settings.Setting;
import java.util.Optional;

/**
 * What the launcher script reads before there is a process; here, so that it is known, described
 * and shown like everything else.
 *
 * @param heap the JVM's largest heap
 * @param javaOpts further options of the JVM
 * @param log level of what is logged
 */
public record LauncherSettings(
    @Setting("largest heap of the process, as Java's -Xmx; else 768m, bench 2g, train 4g")
        Optional<String> heap,
    @Setting("further options of the JVM") Optional<String> javaOpts,
    @Setting("what is logged to standard error: ERROR, WARN, INFO or DEBUG; else warnings")
        Optional<String> log) {

  /** Nothing. */
  static final LauncherSettings NONE =
      new LauncherSettings(Optional.empty(), Optional.empty(), Optional.empty());
}
