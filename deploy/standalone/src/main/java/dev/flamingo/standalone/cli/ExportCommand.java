package dev.flamingo.standalone.cli;

import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.GraphExporter;
import dev.flamingo.model.serving.ServingGraph;
import dev.flamingo.model.serving.TensorRtExporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "export", description = "Writes a model's ONNX graphs to a folder.")
final class ExportCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config;

  @Mixin private final ModelOption model;

  @Spec private CommandSpec spec;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "the folder")
  private Path out;

  @Option(
      names = "--target",
      paramLabel = "ENGINE",
      defaultValue = "onnxruntime",
      converter = ExportTarget.Converter.class,
      description = "onnxruntime or tensorrt; default: ${DEFAULT-VALUE}")
  private ExportTarget target;

  ExportCommand(Home home) {
    config = new ConfigOption(home);
    model = new ModelOption(config);
  }

  @Override
  public Integer call() throws Exception {
    if (target == ExportTarget.TENSORRT
        && model.namesQuantization()
        && model.quantization() != Quantization.NONE) {
      throw new ParameterException(
          spec.commandLine(), "--target tensorrt keeps weights as they are: leave out --quantize");
    }
    files().forEach(file -> spec.commandLine().getOut().println(file));
    return 0;
  }

  private Collection<Path> files() throws IOException {
    return switch (target) {
      case ONNXRUNTIME ->
          new GraphExporter()
              .export(model.bundle(), out, ServingGraph.all(model.quantization()))
              .values();
      case TENSORRT -> new TensorRtExporter().export(model.bundle(), out);
    };
  }
}
