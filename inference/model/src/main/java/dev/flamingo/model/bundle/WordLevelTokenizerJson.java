package dev.flamingo.model.bundle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a {@code tokenizer.json} whose tokens are whole words: lower-case, split at white space
 * and around punctuation, joined by spaces again. Ids follow the order of the special tokens, then
 * of the words.
 */
public final class WordLevelTokenizerJson {

  private static final Pattern WORD = Pattern.compile("[^\\s\\p{Punct}]+|\\p{Punct}");

  private final ObjectMapper json = new ObjectMapper();
  private final SpecialTokens specialTokens;

  /** Makes a writer for these special tokens. */
  public WordLevelTokenizerJson(SpecialTokens specialTokens) {
    this.specialTokens = specialTokens;
  }

  /**
   * Returns the tokenizer of a vocabulary.
   *
   * @param words distinct lower-case words and punctuation marks
   * @throws IllegalArgumentException if a word could never be found in a text or stands twice
   */
  public String write(List<String> words) {
    ObjectNode root = json.createObjectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    ObjectNode vocabulary = json.createObjectNode();
    for (String special : specialTokens.all()) {
      added
          .addObject()
          .put("id", vocabulary.size())
          .put("content", special)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
      vocabulary.put(special, vocabulary.size());
    }
    for (String word : words) {
      if (!WORD.matcher(word).matches() || !word.equals(word.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "word '%s' can never occur: give one lower-case word or one mark".formatted(word));
      }
      if (vocabulary.has(word)) {
        throw new IllegalArgumentException("word '%s' stands twice".formatted(word));
      }
      vocabulary.put(word, vocabulary.size());
    }
    root.putObject("normalizer").put("type", "Lowercase");
    ObjectNode split = root.putObject("pre_tokenizer").put("type", "Sequence");
    split
        .putArray("pretokenizers")
        .add(json.createObjectNode().put("type", "WhitespaceSplit"))
        .add(json.createObjectNode().put("type", "Punctuation").put("behavior", "Isolated"));
    root.putNull("post_processor");
    // Joins by spaces and takes back those before full stop, comma, question and exclamation mark.
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model = root.putObject("model").put("type", "WordLevel");
    model.set("vocab", vocabulary);
    model.put("unk_token", specialTokens.unknown());
    return root.toPrettyString() + "\n";
  }

  /** Returns the words and marks of a text, as tokenizers of such vocabularies split it. */
  public Stream<String> split(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group);
  }

  /** Returns the number of tokens of a vocabulary with so many words. */
  public int size(int words) {
    return specialTokens.all().size() + words;
  }
}
