package dev.flamingo.standalone.demo;

import dev.flamingo.settings.Setting;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What can be set about the demo alone.
 *
 * @param kafkaPort the port of its Kafka
 * @param data holds everything that outlives a restart; empty for a temporary folder
 */
public record DemoSettings(
    @Setting("port of the demo's own Kafka, on this machine alone") int kafkaPort,
    @Setting(
            "folder that keeps streams, frames and answers for the next start; else a temporary one"
                + " that is deleted at the end")
        Optional<Path> data) {

  /** Kafka's usual port, and a temporary folder. */
  public static final DemoSettings DEFAULT = new DemoSettings(9092, Optional.empty());

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Checks the port.
   *
   * @throws IllegalArgumentException if it is none
   */
  public DemoSettings {
    if (kafkaPort < 0 || kafkaPort > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "'%d' is not a port: give 0 to %d".formatted(kafkaPort, HIGHEST_PORT));
    }
  }
}
