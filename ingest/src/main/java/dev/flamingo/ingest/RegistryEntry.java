package dev.flamingo.ingest;

import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.StreamSpec;

/**
 * A registered stream, as far as ingest needs it.
 *
 * @param uri the source's address; empty if there is a problem
 * @param enabled whether the stream is to run
 * @param snapshotSeconds seconds between two pictures for people
 * @param problem why the entry cannot be used; empty if it can
 */
record RegistryEntry(String uri, boolean enabled, int snapshotSeconds, String problem) {

  private static final JsonSerde<StreamSpec> JSON = new JsonSerde<>(StreamSpec.class);

  /** Reads an entry; one that is malformed has its problem. */
  static RegistryEntry read(byte[] value) {
    try {
      StreamSpec spec = JSON.read(value);
      return new RegistryEntry(spec.uri(), spec.enabled(), spec.snapshotSeconds(), "");
    } catch (MalformedEventException e) {
      return new RegistryEntry(
          "", false, StreamSpec.DEFAULT_SNAPSHOT_SECONDS, String.valueOf(e.getMessage()));
    }
  }

  /** Whether the stream is to run and can. */
  boolean runs() {
    return enabled && problem.isEmpty();
  }
}
