package dev.flamingo.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a component are read and written.
 *
 * @param type the component's type
 * @param bytes whether a number counts bytes
 */
record ValueType(Type type, boolean bytes) {

  /** Returns what values look like, in a few words. */
  String description() {
    if (type instanceof ParameterizedType generic) {
      String element = argument().description();
      return generic.getRawType() == List.class ? "list of " + element : element;
    }
    Class<?> plain = (Class<?>) type;
    if (bytes) {
      return "bytes";
    }
    if (plain == int.class || plain == short.class || plain == long.class) {
      return "number";
    }
    if (plain == boolean.class) {
      return "true or false";
    }
    if (plain.isEnum()) {
      return constants(plain).collect(Collectors.joining(", "));
    }
    return plain == Duration.class || plain == Path.class || plain == Instant.class
        ? plain.getSimpleName().toLowerCase(Locale.ROOT)
        : "text";
  }

  /** Returns whether this is a map of all keys below one. */
  boolean isMap() {
    return type instanceof ParameterizedType generic && generic.getRawType() == Map.class;
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if it is none, with what one looks like
   */
  Object parse(String text) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? list(text).map(argument()::parse).toList()
          : Optional.of(argument().parse(text));
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return text;
    }
    if (plain == boolean.class) {
      return parseBoolean(text);
    }
    if (bytes) {
      return ByteCount.parse(text);
    }
    if (plain == int.class) {
      return (int) number(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (plain == short.class) {
      return (short) number(text, Short.MIN_VALUE, Short.MAX_VALUE);
    }
    if (plain == long.class) {
      return number(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (plain == Duration.class) {
      return Durations.parse(text);
    }
    if (plain == Path.class) {
      return Path.of(text);
    }
    if (plain == Instant.class) {
      return instant(text);
    }
    return plain.isEnum() ? constant(plain, text) : parsed(plain, text);
  }

  /** Writes a value as {@link #parse} reads it; empty for none. */
  String write(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(argument()::write).orElse("");
    }
    if (value instanceof List<?> list) {
      return list.stream().map(argument()::write).collect(Collectors.joining(", "));
    }
    if (value instanceof Duration duration) {
      return Durations.write(duration);
    }
    if (value instanceof Enum<?> constant) {
      return name(constant);
    }
    return bytes ? ByteCount.write((long) value) : value.toString();
  }

  private ValueType argument() {
    Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
    return new ValueType(arguments[arguments.length - 1], bytes);
  }

  private static Stream<String> list(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(element -> !element.isEmpty());
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new UnreadableValue("not true or false: give one of the two");
    };
  }

  private static long number(String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new UnreadableValue("not a number: give digits alone, as in 8");
    }
    throw new UnreadableValue("not a number from %d to %d".formatted(least, most));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UnreadableValue("not an instant: give one as 2026-01-31T12:00:00Z");
    }
  }

  private static Object constant(Class<?> plain, String text) {
    return Arrays.stream(plain.getEnumConstants())
        .filter(constant -> name((Enum<?>) constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new UnreadableValue(
                    "not known: give one of "
                        + constants(plain).collect(Collectors.joining(", "))));
  }

  private static Stream<String> constants(Class<?> plain) {
    return Arrays.stream(plain.getEnumConstants()).map(constant -> name((Enum<?>) constant));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Object parsed(Class<?> plain, String text) {
    try {
      Method parse = plain.getMethod("parse", String.class);
      return parse.invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw wrong;
      }
      throw new IllegalStateException("%s cannot be read".formatted(plain), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s has no public static parse(String)".formatted(plain), e);
    }
  }
}
