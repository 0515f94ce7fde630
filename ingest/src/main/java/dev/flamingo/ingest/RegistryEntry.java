package dev.flamingo.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What the registry says of one stream, as far as ingest cares.
 *
 * @param uri the source's address; empty if there is a problem
 * @param enabled whether the stream is to run
 * @param problem why the entry cannot be used; empty if it can
 */
record RegistryEntry(String uri, boolean enabled, String problem) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static RegistryEntry read(byte[] value) {
    try {
      JsonNode json = JSON.readTree(value);
      String uri = json.path("uri").asText("");
      if (uri.isBlank()) {
        return new RegistryEntry("", false, "the registry entry names no uri");
      }
      return new RegistryEntry(uri, json.path("enabled").asBoolean(true), "");
    } catch (IOException e) {
      return new RegistryEntry("", false, "the registry entry is not json");
    }
  }

  /** Whether the stream is to run and can. */
  boolean runs() {
    return enabled && problem.isEmpty();
  }
}
