package dev.flamingo.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts wrong tokens by the address they came from: guessing must take for ever. */
final class Attempts {

  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int MOST_ADDRESSES = 10_000;

  private final int most;
  private final Cache<String, AtomicInteger> wrong;

  /** Allows so many wrong ones a minute. */
  Attempts(int most, InstantSource clock) {
    this.most = most;
    wrong =
        Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterWrite(PERIOD)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /**
   * Checks that an address may try.
   *
   * @throws HttpError if it may not for now
   */
  void check(String address) {
    AtomicInteger known = wrong.getIfPresent(address);
    if (known != null && known.get() >= most) {
      throw new HttpError(
          429, "too-many-attempts", "too many wrong tokens came from this address: wait a minute");
    }
  }

  void failed(String address) {
    var unused = wrong.get(address, key -> new AtomicInteger()).incrementAndGet();
  }
}
