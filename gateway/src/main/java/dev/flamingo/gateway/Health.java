package dev.flamingo.gateway;

import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamState;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the gateway can serve. It is down only for what it cannot do itself; what is wrong around
 * it makes it degraded, since another gateway would do no better.
 */
final class Health {

  private static final Duration KAFKA_SILENCE = Duration.ofSeconds(15);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final BooleanSupplier views;
  private final Signs signs;
  private final Registry registry;
  private final IntSupplier unanswered;

  /**
   * Watches the gateway.
   *
   * @param views whether the views are up to date
   * @param unanswered questions that the job left without an end since it last gave a sign of life
   */
  Health(BooleanSupplier views, Signs signs, Registry registry, IntSupplier unanswered) {
    this.views = views;
    this.signs = signs;
    this.registry = registry;
    this.unanswered = unanswered;
  }

  /**
   * One thing that must work.
   *
   * @param status UP, degraded or DOWN
   * @param reason what is wrong; null where nothing is
   */
  record Check(String name, String status, @Nullable String reason) {}

  /** All of them, and the worst of their states. */
  record Report(String status, List<Check> checks) {
    boolean up() {
      return !status.equals(DOWN);
    }
  }

  private static final String UP = "UP";
  private static final String DEGRADED = "degraded";
  private static final String DOWN = "DOWN";

  /** Returns whether the gateway can do its own part. */
  boolean works() {
    return views.getAsBoolean() && signs.tailIsCurrent();
  }

  /** Used on the loop. */
  Report report() {
    List<Check> checks =
        List.of(
            own("views", views.getAsBoolean(), "the views are being restored"),
            own("tail", signs.tailIsCurrent(), "the topics are not read yet, or again"),
            around("kafka", kafka()),
            around("job", job()),
            around("frames", frames()));
    boolean degraded = checks.stream().anyMatch(check -> check.status().equals(DEGRADED));
    return new Report(!works() ? DOWN : degraded ? DEGRADED : UP, checks);
  }

  private static Check own(String name, boolean works, String otherwise) {
    return works ? new Check(name, UP, null) : new Check(name, DOWN, otherwise);
  }

  private static Check around(String name, @Nullable String problem) {
    return new Check(name, problem == null ? UP : DEGRADED, problem);
  }

  private @Nullable String kafka() {
    return signs.sinceKafka().compareTo(KAFKA_SILENCE) < 0
        ? null
        : "kafka did not answer for %d s".formatted(signs.sinceKafka().toSeconds());
  }

  private @Nullable String job() {
    int questions = unanswered.getAsInt();
    if (questions > 0) {
      return "%d questions got no end from the job since its last sign of life"
          .formatted(questions);
    }
    boolean missed =
        !registry.models().isEmpty()
            || registry.streams().entrySet().stream()
                .anyMatch(it -> captioned(it.getKey(), it.getValue()));
    return missed && signs.sinceJob().compareTo(LONGEST_SILENCE) >= 0
        ? "the job gave no sign of life for %d s".formatted(signs.sinceJob().toSeconds())
        : null;
  }

  private boolean captioned(String stream, StreamSpec spec) {
    return spec.enabled()
        && spec.captions()
        && registry.state(stream).filter(it -> it.state() == StreamState.LIVE).isPresent();
  }

  private @Nullable String frames() {
    long enabled = registry.streams().values().stream().filter(StreamSpec::enabled).count();
    boolean silent = signs.sinceFrames().compareTo(LONGEST_SILENCE) >= 0;
    return silent && enabled > 0
        ? "no frame came for %d s from any of %d enabled streams"
            .formatted(signs.sinceFrames().toSeconds(), enabled)
        : null;
  }
}
