package dev.flamingo.standalone.cli;

import dev.flamingo.standalone.Installation;
import dev.flamingo.training.benchmark.Benchmark;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The command line. Exit status 0 on success, 1 on failure, 2 on wrong usage; what went wrong is
 * one sentence on the error stream.
 */
@Command(
    name = "flamingo",
    description = "Asks questions of live video.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class FlamingoCommand {

  private FlamingoCommand() {}

  /** Returns the command line of an installation. */
  public static CommandLine create(Installation installation) {
    CommandLine line = new CommandLine(new FlamingoCommand());
    line.addSubcommand(new DemoCommand(installation))
        .addSubcommand(new AskCommand(installation))
        .addSubcommand(new CaptionCommand(installation))
        .addSubcommand(new IngestCommand())
        .addSubcommand(new JobCommand(installation))
        .addSubcommand(new GatewayCommand())
        .addSubcommand(training(installation))
        .addSubcommand(evaluation(installation))
        .addSubcommand(new ExportCommand(installation))
        .addSubcommand(measuring(installation));
    NotBuiltCommand.addTo(line, NotBuiltCommand.COMMANDS);
    line.getSubcommands().values().forEach(FlamingoCommand::explain);
    line.setExecutionExceptionHandler(
        (error, command, result) -> {
          complain(command.getErr(), error);
          return CommandLine.ExitCode.SOFTWARE;
        });
    line.setParameterExceptionHandler(FlamingoCommand::wrongUsage);
    return line;
  }

  private static void explain(CommandLine command) {
    if (command.getCommandSpec().usageMessage().hidden()) {
      return;
    }
    command.getCommandSpec().mixinStandardHelpOptions(true);
    command.getSubcommands().values().forEach(FlamingoCommand::explain);
  }

  private static CommandLine measuring(Installation installation) {
    CommandLine bench = new CommandLine(new BenchCommand(installation, InstantSource.system()));
    NotBuiltCommand.addTo(bench, NotBuiltCommand.BENCH);
    return bench;
  }

  private static CommandLine training(Installation installation) {
    CommandLine train = new CommandLine(new TrainCommand());
    CommandLine ablation = new CommandLine(new TrainAblationCommand(installation));
    return train
        .addSubcommand(new TrainStreetCommand())
        .addSubcommand(ablation)
        .addSubcommand(new TrainFamiliarCommand(installation));
  }

  private static CommandLine evaluation(Installation installation) {
    CommandLine eval = new CommandLine(new EvalCommand(installation));
    eval.addSubcommand(new ScoreCommand());
    eval.addSubcommand(new EvalFamiliarCommand(installation));
    NotBuiltCommand.addTo(eval, NotBuiltCommand.EVAL);
    for (Benchmark benchmark : Benchmark.values()) {
      String hyphenated = benchmark.name().toLowerCase(Locale.ROOT).replace('_', '-');
      String[] aliases =
          hyphenated.equals(benchmark.label()) ? new String[0] : new String[] {hyphenated};
      eval.addSubcommand(benchmark.label(), new BenchmarkCommand(installation, benchmark), aliases);
    }
    return eval.setSubcommandsCaseInsensitive(true);
  }

  private static int wrongUsage(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    complain(command.getErr(), error);
    command.getErr().println("see " + name + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  private static void complain(PrintWriter out, Throwable error) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    // Sentences of libraries begin as they like; a variable's name stays as it is.
    boolean name = message.length() > 1 && Character.isUpperCase(message.charAt(1));
    out.println(
        name ? message : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
    out.flush();
  }
}
