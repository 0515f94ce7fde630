package dev.flamingo.standalone;

import dev.flamingo.standalone.cli.FlamingoCommand;
import dev.flamingo.standalone.cli.Home;
import java.nio.file.Path;
import picocli.CommandLine;

/** Starts the command line. */
public final class Main {

  private Main() {}

  /** Runs a command and ends the JVM with its exit status. */
  public static void main(String[] arguments) {
    // JavaCPP's bound on the memory of the whole process, which a large model exceeds; read once.
    System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    Path home = Path.of(System.getProperty("flamingo.home", "."));
    Path user = Path.of(System.getProperty("user.home"));
    System.exit(run(new Home(home, user, System.getenv()), arguments));
  }

  /** Without it, an Error would end this thread and leave those of a service behind. */
  private static int run(Home home, String[] arguments) {
    try {
      return FlamingoCommand.create(home).execute(arguments);
    } catch (Error e) {
      System.err.println("the process cannot go on: " + e);
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
