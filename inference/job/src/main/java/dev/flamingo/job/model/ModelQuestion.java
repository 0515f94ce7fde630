package dev.flamingo.job.model;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something to be said about a window.
 *
 * @param text the question, null for a caption
 * @param tokens the window's visual tokens, as {@link VideoModel#resample} made them
 * @param examples what to learn from in context, in the order to read them
 * @param maxTokens the longest answer
 * @param listener hears the text piece by piece, on the thread that makes it; returns quickly
 * @param cancelled asked before every token
 */
public record ModelQuestion(
    @Nullable String text,
    byte[] tokens,
    List<ModelExample> examples,
    int maxTokens,
    Consumer<String> listener,
    BooleanSupplier cancelled) {

  boolean isCaption() {
    return text == null;
  }
}
