package dev.flamingo.standalone.cli;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.standalone.Installation;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model a command uses. */
final class ModelOption {

  private final Installation installation;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "the model; default: the street model that ships with the project")
  private @Nullable Path bundle;

  ModelOption(Installation installation) {
    this.installation = installation;
  }

  Path path() {
    return bundle == null ? installation.bundle() : bundle;
  }

  Bundle bundle() throws IOException {
    return Bundle.open(path());
  }

  FlamingoEngine engine() throws IOException {
    return FlamingoEngine.open(bundle(), EngineOptions.cachedIn(installation.graphs()));
  }
}
