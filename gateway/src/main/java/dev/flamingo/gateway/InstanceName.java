package dev.flamingo.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of a gateway within its group, kept beside its views. A gateway that was killed comes
 * back under its name and takes its place at once (static membership); under a new name it would
 * wait until Kafka gives the old one up.
 */
record InstanceName(String value) {

  private static final String FILE = "instance";
  private static final Pattern FORM = Pattern.compile("[0-9a-f-]{36}");

  /**
   * Returns the name in a folder, a new one where there is none yet.
   *
   * @throws UncheckedIOException if the folder cannot be written
   */
  static InstanceName in(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      String known = Files.exists(file) ? Files.readString(file).strip() : "";
      if (FORM.matcher(known).matches()) {
        return new InstanceName(known);
      }
      String fresh = UUID.randomUUID().toString();
      Files.createDirectories(folder);
      Files.writeString(file, fresh);
      return new InstanceName(fresh);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the folder " + folder, e);
    }
  }
}
