package dev.flamingo.model.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the start of a safetensors file says: where each tensor lies in the data that follows.
 *
 * @param tensors the tensors by name
 * @param metadata free text by name
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {

  static final String METADATA = "__metadata__";

  /** The length field before the header. */
  static final int PREFIX = Long.BYTES;

  /** The same bound as the format's own implementation. */
  static final int MAX_BYTES = 100_000_000;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /**
   * One tensor.
   *
   * @param begin offset in the data, in bytes
   */
  record Entry(StoredType type, long[] shape, long begin) {}

  /**
   * Reads a header.
   *
   * @param json the header without its length field
   * @param dataBytes the bytes that follow it
   * @throws IllegalArgumentException if the format does not allow it
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the header is not json: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the header is not json", e);
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException("the header is not a json object");
    }
    Map<String, Entry> tensors = new TreeMap<>();
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        field.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        tensors.put(field.getKey(), entry(field.getKey(), field.getValue(), dataBytes));
      }
    }
    return new SafetensorsHeader(
        Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
  }

  private static Entry entry(String name, JsonNode node, long dataBytes) {
    StoredType type = type(name, node.path("dtype").asText());
    JsonNode axes = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!axes.isArray() || !offsets.isArray() || offsets.size() != 2) {
      throw new IllegalArgumentException("tensor %s lacks shape or data_offsets".formatted(name));
    }
    long[] shape = new long[axes.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = axes.get(i).asLong(-1);
    }
    long begin = offsets.get(0).asLong(-1);
    long end = offsets.get(1).asLong(-1);
    long bytes = bytes(name, shape, type);
    if (begin < 0 || end > dataBytes || end - begin != bytes) {
      throw new IllegalArgumentException(
          "tensor %s needs %d bytes but lies at %d to %d of %d: the file is damaged or cut off"
              .formatted(name, bytes, begin, end, dataBytes));
    }
    return new Entry(type, shape, begin);
  }

  private static long bytes(String name, long[] shape, StoredType type) {
    long bytes = type.bytes();
    for (long axis : shape) {
      if (axis < 0 || (axis > 0 && bytes > Long.MAX_VALUE / axis)) {
        throw new IllegalArgumentException(
            "tensor %s cannot have shape %s".formatted(name, Arrays.toString(shape)));
      }
      bytes *= axis;
    }
    return bytes;
  }

  private static StoredType type(String name, String dtype) {
    for (StoredType type : StoredType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "tensor %s has type %s: convert it to F32, F16, BF16, I32 or I64".formatted(name, dtype));
  }
}
