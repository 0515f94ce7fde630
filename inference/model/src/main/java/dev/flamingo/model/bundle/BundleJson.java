package dev.flamingo.model.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingo.model.nn.VisionConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code bundle.json} as text: a missing or unknown field is an error, never a guess; what older
 * bundles could not say takes the value it had.
 */
final class BundleJson {

  private static final long MAX_BYTES = 1 << 20;

  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addMixIn(VisionConfig.class, VisionConfigJson.class)
          .build();

  BundleManifest read(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException("%s does not exist: name a folder that holds a model".formatted(path));
    }
    if (Files.size(path) > MAX_BYTES) {
      throw new IOException("%s is larger than %d bytes".formatted(path, MAX_BYTES));
    }
    try {
      JsonNode bundle = json.readTree(Files.readAllBytes(path));
      BundleDefaults.fill(bundle);
      return json.treeToValue(bundle, BundleManifest.class);
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("it is not json");
      throw new IOException("%s cannot be read: %s".formatted(path, reason), e);
    }
  }

  byte[] write(Object value) throws IOException {
    return (json.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
