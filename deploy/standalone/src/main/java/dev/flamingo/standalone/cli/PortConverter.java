package dev.flamingo.standalone.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the number of a port. */
final class PortConverter implements ITypeConverter<Integer> {

  private static final int HIGHEST = 65_535;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

  @Override
  public Integer convert(String text) {
    if (NUMBER.matcher(text).matches() && Integer.parseInt(text) <= HIGHEST) {
      return Integer.valueOf(text);
    }
    throw new TypeConversionException("'%s' is no port: give 0 to %d".formatted(text, HIGHEST));
  }
}
