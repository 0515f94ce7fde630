package dev.flamingo.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Reads a properties file in the format of {@link Properties}, in UTF-8, and knows the line of each
 * value. The escapes are Java's own; only the lines are found here, which Java does not keep.
 */
public final class PropertiesFile {

  private static final Pattern KEY = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+)*");
  private static final Pattern CONTINUED = Pattern.compile("(?s).*(?<!\\\\)(\\\\\\\\)*\\\\");

  private final Path file;
  private final List<Given> values = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();

  private PropertiesFile(Path file) {
    this.file = file;
  }

  /** Reads a file; one that cannot be read is a problem, too. */
  public static Layer read(Path file) {
    PropertiesFile read = new PropertiesFile(file);
    try {
      read.lines(Files.readAllLines(file));
    } catch (CharacterCodingException e) {
      read.problems.add(new Problem("", "the settings in %s are not UTF-8".formatted(file)));
    } catch (IOException e) {
      read.problems.add(
          new Problem(
              "", "the settings in %s cannot be read: name a readable file".formatted(file)));
    }
    return new Layer(read.values, read.problems);
  }

  private void lines(List<String> all) {
    int next = 0;
    while (next < all.size()) {
      int first = next + 1;
      StringBuilder text = new StringBuilder(all.get(next++));
      // A comment ends with its line, whatever it ends with.
      boolean comment = text.toString().strip().matches("(?s)[#!].*");
      while (!comment && next < all.size() && CONTINUED.matcher(text).matches()) {
        text.append('\n').append(all.get(next++));
      }
      entry(first, text.toString());
    }
  }

  private void entry(int line, String text) {
    String place = file + ":" + line;
    Properties read = new Properties();
    try {
      read.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      problems.add(new Problem(place, "a backslash begins no valid escape: write it twice"));
      return;
    }
    for (String key : read.stringPropertyNames()) {
      String value = read.getProperty(key).strip();
      Integer before = lines.putIfAbsent(key, line);
      if (before != null) {
        problems.add(
            new Problem(
                place,
                "%s is set in line %d already: leave one of the two out".formatted(key, before)));
      } else if (!KEY.matcher(key).matches() && !key.startsWith("kafka.client.")) {
        problems.add(
            new Problem(
                place,
                "'%s' is not a key: write dotted lower case, as in gateway.port = 8080"
                    .formatted(key)));
      } else {
        values.add(new Given(key, key, value, place));
      }
    }
  }
}
