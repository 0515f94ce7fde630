package dev.flamingo.standalone.demo;

import dev.flamingo.gateway.Access;
import java.nio.file.Path;
import java.util.List;

/**
 * What a demo shows, and where.
 *
 * @param host the page's interface
 * @param access who may use it
 * @param port the page's port; 0 for any that is free
 * @param kafkaPort Kafka's port
 * @param data the folder of everything that outlives a restart
 * @param streams what is watched beside what was registered before; where there is neither, the
 *     street
 * @param holdUnfamiliar whether captions of unfamiliar pictures are held back
 */
public record DemoConfig(
    String host,
    Access access,
    int port,
    int kafkaPort,
    Path data,
    List<DemoStream> streams,
    boolean holdUnfamiliar) {

  /** Copies the streams. */
  public DemoConfig {
    streams = List.copyOf(streams);
  }
}
