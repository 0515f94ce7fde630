package dev.flamingo.standalone.cli;

import dev.flamingo.model.serving.GraphExporter;
import dev.flamingo.standalone.Installation;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "export", description = "Writes a model's ONNX graphs to a folder.")
final class ExportCommand implements Callable<Integer> {

  @Mixin private final ModelOption model;

  @Spec private CommandSpec spec;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "the folder")
  private Path out;

  ExportCommand(Installation installation) {
    model = new ModelOption(installation);
  }

  @Override
  public Integer call() throws Exception {
    new GraphExporter()
        .export(model.bundle(), out)
        .values()
        .forEach(file -> spec.commandLine().getOut().println(file));
    return 0;
  }
}
