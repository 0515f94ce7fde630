package dev.flamingo.standalone.cli;

import dev.flamingo.model.serving.QuantizationChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how weights are to be kept. */
final class QuantizationConverter implements ITypeConverter<QuantizationChoice> {
  @Override
  public QuantizationChoice convert(String name) {
    try {
      return QuantizationChoice.named(name);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
