package dev.flamingo.job;

import dev.flamingo.events.KafkaConfig;
import dev.flamingo.events.TopicsConfig;
import dev.flamingo.settings.EnvironmentVariables;
import dev.flamingo.settings.Given;
import dev.flamingo.settings.Layer;
import dev.flamingo.settings.Nearest;
import dev.flamingo.settings.PropertiesFile;
import dev.flamingo.settings.Settings;
import dev.flamingo.settings.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a submitted job is given: a file of settings, over it the environment, over that arguments.
 * The file may be the one of the other services; their settings are left alone.
 *
 * @param job the job
 * @param model its model
 */
record SubmittedArguments(JobConfig job, SubmittedModel model) {

  private static final String CONFIG_VARIABLE = "FLAMINGO_CONFIG";
  private static final String CONFIG = "--config";

  /** Which setting an argument sets. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("--bootstrap", "kafka"),
          Map.entry("--prefix", "topics.prefix"),
          Map.entry("--group", "job.group"),
          Map.entry("--checkpoints", "job.checkpoints"),
          Map.entry("--parallelism", "job.parallelism"),
          Map.entry("--hold-unfamiliar-captions", "job.answers.hold.unfamiliar"),
          Map.entry("--bundle", "bundle"),
          Map.entry("--graph-cache", "graph.cache"),
          Map.entry("--threads", "threads"),
          Map.entry("--device", "device"),
          Map.entry("--quantize", "quantize"));

  // Without these there is no job.
  private static final List<String> REQUIRED =
      List.of("--bootstrap", "--checkpoints", "--bundle", "--graph-cache");

  private static final String[] OF_OTHERS = {
    "ingest", "gateway", "demo", "cache", "engine", "token", "sources", "heap", "java", "log"
  };

  /**
   * Reads everything.
   *
   * @throws SettingsException with everything that is wrong
   */
  static SubmittedArguments of(String[] arguments, Map<String, String> environment) {
    List<Given> flags = flags(arguments);
    Map<String, String> variables = new HashMap<>(environment);
    String file = variables.remove(CONFIG_VARIABLE);
    for (Given flag : flags) {
      file = flag.name().equals(CONFIG) ? flag.value() : file;
    }
    Settings settings =
        Settings.of(
            file(file),
            EnvironmentVariables.read(variables),
            Layer.of(flags.stream().filter(flag -> KEYS.containsKey(flag.name())).toList()));
    flags.stream().map(Given::name).forEach(name -> refuseUnknown(settings, name));
    settings.ignore(OF_OTHERS);
    KafkaConfig kafka = settings.read("", KafkaConfig.LOCAL);
    TopicsConfig topics = settings.read("topics", TopicsConfig.DEFAULT);
    JobConfig job = settings.read("job", JobConfig.of(kafka, "").withPrefix(topics.prefix()));
    SubmittedModel model = settings.read("", SubmittedModel.USUAL);
    for (String name : REQUIRED) {
      String key = KEYS.getOrDefault(name, name);
      if (settings.given(key).isEmpty()) {
        settings.refuse("%s is missing: give %s, or %s in the file".formatted(key, name, key));
      }
    }
    if (!job.checkpoints().contains(":/") && !Path.of(job.checkpoints()).isAbsolute()) {
      settings.refuse(
          "checkpoint folder '%s' is relative: give an absolute one".formatted(job.checkpoints()));
    }
    settings.check();
    return new SubmittedArguments(job, model);
  }

  private static void refuseUnknown(Settings settings, String name) {
    if (!KEYS.containsKey(name) && !name.equals(CONFIG)) {
      settings.refuse(
          "%s is not a setting: %s"
              .formatted(
                  name,
                  Nearest.to(name, KEYS.keySet())
                      .map("did you mean %s?"::formatted)
                      .orElse("write --name value")));
    }
  }

  private static Layer file(@Nullable String name) {
    return name == null || name.isBlank()
        ? Layer.of(List.of())
        : PropertiesFile.read(Path.of(name));
  }

  /** Reads {@code --name value} and {@code --name=value}. */
  private static List<Given> flags(String[] arguments) {
    List<Given> flags = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      String value = parts.length > 1 ? parts[1] : i + 1 < arguments.length ? arguments[++i] : "";
      flags.add(new Given(KEYS.getOrDefault(parts[0], parts[0]), parts[0], value, ""));
    }
    return flags;
  }
}
