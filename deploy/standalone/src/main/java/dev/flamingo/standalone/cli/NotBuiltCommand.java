package dev.flamingo.standalone.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command of the contract that this version does not have: refused, whatever its arguments. */
@Command(hidden = true)
final class NotBuiltCommand implements Callable<Integer> {

  /** Commands of their own. */
  static final List<String> COMMANDS = List.of("doctor", "import", "replay", "history");

  /** What {@code bench} may measure one day. */
  static final List<String> BENCH = List.of("large", "history", "scale");

  /** What {@code eval} may measure one day. */
  static final List<String> EVAL = List.of("watches", "history");

  @Spec private CommandSpec spec;

  /** Adds such commands to one. */
  static void addTo(CommandLine command, List<String> names) {
    for (String name : names) {
      CommandLine refused = new CommandLine(new NotBuiltCommand());
      command.addSubcommand(name, refused.setUnmatchedArgumentsAllowed(true));
    }
  }

  /** Returns why a command is refused. */
  static String refusal(CommandSpec parent, String name) {
    return "%s %s is not built yet: see %s --help for what is"
        .formatted(parent.qualifiedName(), name, parent.qualifiedName());
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    err.println(refusal(spec.parent(), spec.name()));
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }
}
