package dev.flamingo.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 1024}, {@code 64MiB}. */
final class ByteCount {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(KiB|MiB|GiB)|(\\d{1,18})");

  private ByteCount() {}

  static long parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new UnreadableValue(
          "not a number of bytes: give one alone or with KiB, MiB or GiB, as in 64MiB");
    }
    if (matcher.group(3) != null) {
      return Long.parseLong(matcher.group(3));
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "KiB" -> count << 10;
      case "MiB" -> count << 20;
      default -> count << 30;
    };
  }

  static String write(long bytes) {
    if (bytes % (1L << 30) == 0 && bytes > 0) {
      return (bytes >> 30) + "GiB";
    }
    if (bytes % (1L << 20) == 0 && bytes > 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes % (1L << 10) == 0 && bytes > 0 ? (bytes >> 10) + "KiB" : Long.toString(bytes);
  }
}
