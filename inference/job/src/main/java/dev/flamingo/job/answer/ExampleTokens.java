package dev.flamingo.job.answer;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flamingo.job.model.EncodedPicture;
import dev.flamingo.job.model.ModelExample;
import dev.flamingo.job.model.SharedModel;
import dev.flamingo.job.model.WindowFeatures;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Visual tokens of examples. An image is encoded once, as a window of one frame, however many
 * questions show it while it is among the last ones; what is remembered is told apart by content.
 */
final class ExampleTokens {

  private static final long REMEMBERED_BYTES = 16L << 20;

  private final SharedModel model;

  private final AsyncCache<String, byte[]> images =
      Caffeine.newBuilder()
          .maximumWeight(REMEMBERED_BYTES)
          .<String, byte[]>weigher((hash, tokens) -> hash.length() + tokens.length)
          .executor(Runnable::run)
          .buildAsync();

  ExampleTokens(SharedModel model) {
    this.model = model;
  }

  /**
   * Looks at all examples.
   *
   * @return fails with {@link IllegalArgumentException} where an image cannot be read
   */
  CompletableFuture<List<ModelExample>> see(ShownExample[] examples) {
    List<CompletableFuture<ModelExample>> all = new ArrayList<>();
    for (int i = 0; i < examples.length; i++) {
      ShownExample example = examples[i];
      int number = i + 1;
      all.add(
          tokens(example)
              .exceptionallyCompose(error -> CompletableFuture.failedFuture(named(error, number)))
              .thenApply(seen -> new ModelExample(seen, example.question(), example.answer())));
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
  }

  private static Throwable named(Throwable error, int number) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof IllegalArgumentException
        ? new IllegalArgumentException(
            "example %d has an image that cannot be read: %s".formatted(number, cause.getMessage()),
            cause)
        : error;
  }

  private CompletableFuture<byte[]> tokens(ShownExample example) {
    byte[] image = example.image();
    AskedWindow window = example.window();
    if (image != null) {
      return images.get(
          key(image),
          (missing, unused) -> model.encoder().submit(image).thenCompose(this::resample));
    }
    byte[] tokens = window == null ? null : window.tokens();
    return tokens == null
        ? CompletableFuture.failedFuture(
            new IllegalStateException("the window of an example is not resampled"))
        : CompletableFuture.completedFuture(tokens);
  }

  private CompletableFuture<byte[]> resample(EncodedPicture picture) {
    byte[] features = picture.features();
    return features == null
        ? CompletableFuture.failedFuture(
            new IllegalArgumentException(String.valueOf(picture.problem())))
        : model.resampler().submit(new WindowFeatures(List.of(features)));
  }

  private static String key(byte[] image) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
