package dev.flamingo.standalone.cli;

import dev.flamingo.standalone.NamedSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Sources from a file and the environment, which other users of the machine cannot read as they can
 * read its list of processes.
 */
final class SourcesOption {

  private static final String VARIABLE = "FLAMINGO_SOURCES";

  private final Map<String, String> environment;

  @Option(
      names = "--sources",
      paramLabel = "FILE",
      description =
          "more sources, ADDRESS or NAME=ADDRESS on each line, so that passwords stay out of the"
              + " list of processes; FLAMINGO_SOURCES may hold such lines, too")
  private @Nullable Path file;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  SourcesOption(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Returns the sources of the file and of the environment.
   *
   * @throws IOException if the file cannot be read
   */
  List<NamedSource> sources() throws IOException {
    List<NamedSource> sources = new ArrayList<>();
    if (file != null) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new IOException(
            "the sources in %s cannot be read: name a file with an address on each line"
                .formatted(file));
      }
      sources.addAll(NamedSource.parseLines(Files.readString(file)));
    }
    sources.addAll(NamedSource.parseLines(environment.getOrDefault(VARIABLE, "")));
    return sources;
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
