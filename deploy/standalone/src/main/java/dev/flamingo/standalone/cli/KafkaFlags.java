package dev.flamingo.standalone.cli;

import picocli.CommandLine.Option;

/** Flags of which Kafka a service works against; {@link ConfigOption} reads them. */
@SuppressWarnings("unused")
final class KafkaFlags {

  @Option(names = "--kafka", paramLabel = "HOST:PORT", descriptionKey = "kafka")
  private String kafka;

  @Option(names = "--prefix", paramLabel = "TEXT", descriptionKey = "topics.prefix")
  private String prefix;

  @Option(names = "--replication", paramLabel = "N", descriptionKey = "topics.replication")
  private String replication;

  @Option(names = "--partitions", paramLabel = "N", descriptionKey = "topics.partitions")
  private String partitions;
}
