package dev.flamingo.training.corpus;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.training.frame.PictureFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what strangers wrote: bounded in bytes, and what is wrong is counted. Safe for use by
 * several threads.
 */
final class SliceReader {

  private static final long MAX_TEXT = 1L << 20;
  private static final long MAX_JSON = 16L << 20;

  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final PictureFile pictures = new PictureFile();
  private final CorpusHealth health;

  SliceReader(CorpusHealth health) {
    this.health = health;
  }

  /** Reads a text without space around it. */
  String text(Slice slice) throws UnreadableException {
    return new String(bytes(slice, MAX_TEXT), StandardCharsets.UTF_8).strip();
  }

  /** Reads JSON. */
  JsonNode json(Slice slice) throws UnreadableException {
    byte[] bytes = bytes(slice, MAX_JSON);
    try {
      return mapper.readTree(bytes);
    } catch (IOException e) {
      throw health.skipped(Fault.DAMAGED_RECORD, "%s is not JSON".formatted(slice));
    }
  }

  /** Reads a picture as JPEG. */
  byte[] picture(Slice slice) throws UnreadableException {
    byte[] bytes = bytes(slice, PictureFile.MAX_BYTES);
    try {
      return pictures.jpeg(bytes);
    } catch (IOException e) {
      throw health.skipped(
          Fault.DAMAGED_MEDIUM, "%s cannot be read: %s".formatted(slice, e.getMessage()));
    }
  }

  private byte[] bytes(Slice slice, long most) throws UnreadableException {
    if (slice.length() > most) {
      throw health.skipped(
          Fault.TOO_LARGE, "%s has %d bytes of at most %d".formatted(slice, slice.length(), most));
    }
    try {
      return slice.read();
    } catch (IOException e) {
      throw health.skipped(
          Fault.DAMAGED_RECORD, "%s cannot be read: %s".formatted(slice, e.getMessage()));
    }
  }
}
