package dev.flamingo.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flamingo.events.Answer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answers that just came, which the views may not know yet: of several, the first. */
final class RecentAnswers {

  private static final long MOST_BYTES = 16L << 20;
  private static final int BYTES_BESIDE_TEXTS = 2_048;
  private static final Duration KEEP = Duration.ofMinutes(2);

  private final Cache<String, Answer> answers =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher(RecentAnswers::bytes)
          .expireAfterWrite(KEEP)
          .executor(Runnable::run)
          .build();

  private static int bytes(String id, Answer answer) {
    return BYTES_BESIDE_TEXTS
        + 2 * (id.length() + length(answer.text()) + length(answer.question()));
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  void add(Answer answer) {
    var unused = answers.asMap().putIfAbsent(answer.id(), answer);
  }

  Optional<Answer> find(String id) {
    return Optional.ofNullable(answers.getIfPresent(id));
  }
}
