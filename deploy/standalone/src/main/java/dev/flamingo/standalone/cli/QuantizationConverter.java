package dev.flamingo.standalone.cli;

import dev.flamingo.model.onnx.Quantization;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how weights are kept. */
final class QuantizationConverter implements ITypeConverter<Quantization> {
  @Override
  public Quantization convert(String name) {
    return Stream.of(Quantization.values())
        .filter(quantization -> quantization.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is no quantization: say none, int8, blocks8 or blocks4".formatted(name)));
  }
}
