package dev.flamingo.standalone.cli;

import dev.flamingo.gateway.Access;
import dev.flamingo.settings.EnvironmentVariables;
import dev.flamingo.settings.Given;
import dev.flamingo.settings.KnownSetting;
import dev.flamingo.settings.Layer;
import dev.flamingo.settings.PropertiesFile;
import dev.flamingo.settings.Settings;
import dev.flamingo.settings.SettingsException;
import dev.flamingo.standalone.FlamingoSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The settings of a command: a file, over it the environment, over that the flags. A flag sets the
 * setting that its {@code descriptionKey} names, which describes it in the help, too; its value is
 * read like every other one.
 */
final class ConfigOption {

  private static final String VARIABLE = "FLAMINGO_CONFIG";

  private final Home home;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "a file of settings, see flamingo config; also by " + VARIABLE)
  private @Nullable Path file;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  ConfigOption(Home home) {
    this.home = home;
  }

  /** Returns the settings in layers, none of them read yet. */
  private Settings layers() {
    Map<String, String> variables = new HashMap<>(home.environment());
    String named = variables.getOrDefault(VARIABLE, "");
    variables.remove(VARIABLE);
    Path chosen = file != null || named.isBlank() ? file : Path.of(named);
    return Settings.of(
        chosen == null ? Layer.of(List.of()) : PropertiesFile.read(chosen),
        EnvironmentVariables.read(variables),
        Layer.of(flags()));
  }

  private List<Given> flags() {
    return command.commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> !option.descriptionKey().isEmpty())
        .map(option -> new Given(option.descriptionKey(), option.longestName(), value(option), ""))
        .toList();
  }

  private static String value(OptionSpec option) {
    Object value = option.getValue();
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }

  /**
   * Reads all settings.
   *
   * @throws ParameterException with everything that is wrong with them
   */
  FlamingoSettings read() {
    Settings settings = layers();
    FlamingoSettings all = FlamingoSettings.read(settings, home.folder(), home.user());
    check(settings);
    return all;
  }

  /**
   * Returns what is known of all settings, and what is in force.
   *
   * @throws ParameterException as {@link #read}
   */
  List<KnownSetting> inForce() {
    Settings settings = home.read(layers());
    check(settings);
    return settings.known();
  }

  /**
   * Returns who may use the gateway.
   *
   * @throws ParameterException if others could reach it without a token, or the token cannot be had
   */
  Access access(FlamingoSettings settings) {
    try {
      return settings.access();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private void check(Settings settings) {
    try {
      settings.check();
    } catch (SettingsException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /** Returns whether a flag of this command sets a setting. */
  boolean hasFlag(String key) {
    return flags().stream().anyMatch(flag -> flag.key().equals(key));
  }
}
