package dev.flamingo.standalone.cli;

import dev.flamingo.settings.SettingsException;
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

  /** Returns the command line. */
  public static CommandLine create(Home home) {
    CommandLine line = new CommandLine(new FlamingoCommand());
    line.addSubcommand(new DemoCommand(home))
        .addSubcommand(new AskCommand(home))
        .addSubcommand(new CaptionCommand(home))
        .addSubcommand(new IngestCommand(home))
        .addSubcommand(new JobCommand(home))
        .addSubcommand(new GatewayCommand(home))
        .addSubcommand(training(home))
        .addSubcommand(evaluation(home))
        .addSubcommand(new ExportCommand(home))
        .addSubcommand(measuring(home))
        .addSubcommand(new ConfigCommand(home));
    NotBuiltCommand.addTo(line, NotBuiltCommand.COMMANDS);
    line.getSubcommands().values().forEach(FlamingoCommand::explain);
    line.setResourceBundle(new SettingDescriptions(home.usual().known()));
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

  private static CommandLine measuring(Home home) {
    CommandLine bench = new CommandLine(new BenchCommand(home, InstantSource.system()));
    NotBuiltCommand.addTo(bench, NotBuiltCommand.BENCH);
    return bench;
  }

  private static CommandLine training(Home home) {
    CommandLine train = new CommandLine(new TrainCommand());
    CommandLine ablation = new CommandLine(new TrainAblationCommand(home));
    return train
        .addSubcommand(new TrainStreetCommand())
        .addSubcommand(ablation)
        .addSubcommand(new TrainFamiliarCommand(home));
  }

  private static CommandLine evaluation(Home home) {
    CommandLine eval = new CommandLine(new EvalCommand(home));
    eval.addSubcommand(new ScoreCommand());
    eval.addSubcommand(new EvalFamiliarCommand(home));
    NotBuiltCommand.addTo(eval, NotBuiltCommand.EVAL);
    for (Benchmark benchmark : Benchmark.values()) {
      String hyphenated = benchmark.name().toLowerCase(Locale.ROOT).replace('_', '-');
      String[] aliases =
          hyphenated.equals(benchmark.label()) ? new String[0] : new String[] {hyphenated};
      eval.addSubcommand(benchmark.label(), new BenchmarkCommand(home, benchmark), aliases);
    }
    return eval.setSubcommandsCaseInsensitive(true);
  }

  private static int wrongUsage(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    if (error.getCause() instanceof SettingsException) {
      command.getErr().println(error.getMessage());
    } else {
      complain(command.getErr(), error);
    }
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
