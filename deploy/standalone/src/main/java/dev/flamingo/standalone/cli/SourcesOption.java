package dev.flamingo.standalone.cli;

import dev.flamingo.standalone.NamedSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Sources from a file and the environment, which other users of the machine cannot read as they can
 * read its list of processes.
 */
@SuppressWarnings("unused") // a flag, which ConfigOption reads
final class SourcesOption {

  private final ConfigOption config;

  @Option(names = "--sources", paramLabel = "FILE", descriptionKey = "sources.file")
  private String file;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  SourcesOption(ConfigOption config) {
    this.config = config;
  }

  /**
   * Returns the sources of the file and of the environment.
   *
   * @throws IOException if the file cannot be read
   */
  List<NamedSource> sources() throws IOException {
    return config.read().secrets().namedSources();
  }

  /**
   * Returns the source that a user means: the one of that name, or else of that address.
   *
   * @throws IOException if the file cannot be read
   */
  NamedSource named(String text) throws IOException {
    for (NamedSource source : sources()) {
      if (source.name() != null && Objects.requireNonNull(source.name()).value().equals(text)) {
        return source;
      }
    }
    NamedSource source = new NamedSource(null, text);
    warn(source);
    return source;
  }

  /** Warns of a source whose credentials stand on the command line. */
  void warn(NamedSource source) {
    if (source.hasSecrets()) {
      PrintWriter err = command.commandLine().getErr();
      err.printf(
          "warning: every user of this machine can read the whole address of %s in the list of"
              + " processes: put it into a file, and name that with --sources%n",
          source);
      err.flush();
    }
  }
}
