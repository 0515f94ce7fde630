package dev.flamingo.standalone.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What exported graphs are for. */
enum ExportTarget {
  /** ONNX Runtime, batches and lengths left open. */
  ONNXRUNTIME,
  /** TensorRT 8.6, every length a number. */
  TENSORRT;

  /** Reads a name. */
  static final class Converter implements ITypeConverter<ExportTarget> {
    @Override
    public ExportTarget convert(String name) {
      return switch (name) {
        case "onnxruntime" -> ONNXRUNTIME;
        case "tensorrt" -> TENSORRT;
        default ->
            throw new TypeConversionException(
                "'%s' is no target: say onnxruntime or tensorrt".formatted(name));
      };
    }
  }
}
