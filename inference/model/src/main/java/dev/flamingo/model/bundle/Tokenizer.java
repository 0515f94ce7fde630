package dev.flamingo.model.bundle;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Text to token ids and back. Safe for use by several threads. */
public final class Tokenizer implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, Long> specialIds;
  private final SpecialTokens specialTokens;
  private final int size;

  private Tokenizer(
      HuggingFaceTokenizer tokenizer,
      Map<String, Long> specialIds,
      SpecialTokens specialTokens,
      int size) {
    this.tokenizer = tokenizer;
    this.size = size;
    this.specialIds = specialIds;
    this.specialTokens = specialTokens;
  }

  /**
   * Loads a {@code tokenizer.json} without any network.
   *
   * @throws IOException if it cannot be read or lacks a special token
   */
  public static Tokenizer open(Path path, SpecialTokens specialTokens) throws IOException {
    Map<String, Long> ids = new HashMap<>();
    ObjectMapper mapper = new ObjectMapper();
    JsonNode json = mapper.readTree(path.toFile());
    for (JsonNode added : json.path("added_tokens")) {
      ids.put(added.path("content").asText(), added.path("id").asLong());
    }
    for (String special : specialTokens.all()) {
      if (!ids.containsKey(special)) {
        throw new IOException("%s has no special token %s".formatted(path, special));
      }
    }
    long most = ids.values().stream().mapToLong(Long::longValue).max().orElse(-1);
    JsonNode pieces = json.path("model").path("vocab");
    // An object of ids by piece, or for unigram models a list of pieces in the order of their ids.
    for (JsonNode id : pieces.isObject() ? pieces : mapper.createArrayNode()) {
      most = Math.max(most, id.asLong());
    }
    int size = (int) Math.max(most + 1, pieces.isArray() ? pieces.size() : 0);
    HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(path)
            .optAddSpecialTokens(false)
            .optPadding(false)
            .optTruncation(false)
            .build();
    return new Tokenizer(tokenizer, ids, specialTokens, size);
  }

  /** Returns the ids of a text; the names of special tokens in it become these tokens. */
  public long[] encode(String text) {
    return tokenizer.encode(text, /* addSpecialTokens= */ false, false).getIds();
  }

  /** Returns the ids of what a stranger wrote: the names of special tokens in it are plain text. */
  public long[] encodeUntrusted(String text) {
    String plain = text;
    for (String special : specialIds.keySet()) {
      plain = plain.replace(special, special.charAt(0) + " " + special.substring(1));
    }
    return encode(plain);
  }

  /** Returns the text of ids, without special tokens. */
  public String decode(long[] ids) {
    return tokenizer.decode(ids, /* skipSpecialTokens= */ true);
  }

  /**
   * Returns the id of a special token.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public long id(String special) {
    Long id = specialIds.get(special);
    if (id == null) {
      throw new IllegalArgumentException("%s is not a special token".formatted(special));
    }
    return id;
  }

  /** Returns the names of the special tokens. */
  public SpecialTokens specialTokens() {
    return specialTokens;
  }

  /** Returns the number of tokens: every id is below it. */
  public int size() {
    return size;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
