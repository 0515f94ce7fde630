package dev.flamingo.model.serving;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the decoder has read of examples, so that those of a support set are read once for all that
 * is asked after them. What a prompt shares with others is all that stands before its last medium:
 * its keys and values depend on nothing behind it. They are told apart by their words and by the
 * content of their media. Safe for use by several threads.
 */
final class PromptPrefixes {

  private final ContentCache<MediaPrompt, ReadTokens> cache;
  private final boolean off;

  /**
   * Makes an empty one.
   *
   * @param bytes how much is remembered; 0 switches it off
   */
  PromptPrefixes(long bytes, EngineCounters counters) {
    off = bytes == 0;
    cache =
        new ContentCache<>(
            bytes, (prefix, read) -> prefix.bytes() + read.bytes(), counters::addPrefixHits);
  }

  /** Returns the beginnings of prompts, where they are worth to be remembered, read. */
  List<CachedRow> of(LanguageModel model, List<MediaPrompt> prompts) {
    List<MediaPrompt> prefixes = new ArrayList<>();
    for (MediaPrompt prompt : prompts) {
      if (isShared(prompt)) {
        prefixes.add(prompt.beforeLastMedium());
      }
    }
    Iterator<ReadTokens> read = cache.get(prefixes, missing -> read(model, missing)).iterator();
    List<CachedRow> rows = new ArrayList<>();
    for (MediaPrompt prompt : prompts) {
      rows.add(new CachedRow(isShared(prompt) ? read.next() : ReadTokens.NONE, 0));
    }
    return rows;
  }

  /** Returns whether there is more before the last medium than the beginning of the sequence. */
  private boolean isShared(MediaPrompt prompt) {
    return !off && prompt.prompt().lastMedium() > 1;
  }

  private static List<ReadTokens> read(LanguageModel model, List<MediaPrompt> prefixes) {
    try (DecodingBatch batch = DecodingBatch.unread(model, prefixes)) {
      FloatBuffer unused = batch.prefill();
      return batch.readTokens();
    }
  }
}
