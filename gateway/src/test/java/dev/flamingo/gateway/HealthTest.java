package dev.flamingo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.ResizeRule;
import dev.flamingo.events.ServedModel;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamState;
import dev.flamingo.events.StreamStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-01T12:00:00Z"));
  private final AtomicBoolean views = new AtomicBoolean(true);
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Signs signs = new Signs(now::get);
  private final Registry registry = new Registry(now::get);
  private final Health health = new Health(views::get, signs, registry, unanswered::get);

  @BeforeEach
  void read() {
    signs.ofTail(true);
  }

  @Test
  void whatTheGatewayCannotDoItselfTakesItDown() {
    assertThat(health.report().status()).isEqualTo("UP");

    views.set(false);
    assertThat(health.report().up()).isFalse();
    assertThat(status("views")).isEqualTo("DOWN");

    views.set(true);
    signs.ofTail(false);
    assertThat(health.report().status()).isEqualTo("DOWN");
    assertThat(status("tail")).isEqualTo("DOWN");
  }

  @Test
  void aKafkaThatDoesNotAnswerDegradesIt() {
    later(16);

    assertThat(health.report().status()).isEqualTo("degraded");
    assertThat(health.report().up()).isTrue();
    assertThat(reason("kafka")).isEqualTo("kafka did not answer for 16 s");
    signs.ofKafka();
    assertThat(status("kafka")).isEqualTo("UP");
  }

  @Test
  void aJobThatLeavesQuestionsWithoutAnEndDegradesIt() {
    unanswered.set(2);

    assertThat(status("job")).isEqualTo("degraded");
    assertThat(reason("job")).startsWith("2 questions got no end");
  }

  @Test
  void aJobIsMissedOnlyWhereThereIsSomethingToCaption() {
    later(61);
    assertThat(status("job")).isEqualTo("UP");

    register("street", true);
    assertThat(status("job")).isEqualTo("UP");
    registry.status("street", new StreamStatus(StreamState.LIVE, Instant.EPOCH, null));
    assertThat(status("job")).isEqualTo("degraded");

    signs.ofJob();
    assertThat(status("job")).isEqualTo("UP");
  }

  @Test
  void aJobThatSaysWhichModelItServesIsMissedWhenItsHeartbeatEnds() {
    ServedModel model =
        new ServedModel(
            "abc",
            96,
            ResizeRule.FIT,
            List.of(0, 0, 0),
            8,
            1_000,
            List.of(),
            false,
            Instant.parse("2026-05-01T12:00:10Z"));
    registry.model("street", model);
    later(20);
    signs.ofJob(model.heartbeat());
    later(49);
    assertThat(status("job")).isEqualTo("UP");

    later(1);

    assertThat(reason("job")).isEqualTo("the job gave no sign of life for 60 s");
  }

  @Test
  void framesAreMissedOnlyWhereAStreamIsEnabled() {
    register("off", false);
    later(61);
    assertThat(status("frames")).isEqualTo("UP");

    register("street", true);
    assertThat(reason("frames")).isEqualTo("no frame came for 61 s from any of 1 enabled streams");
    signs.ofFrames();
    assertThat(status("frames")).isEqualTo("UP");
  }

  private void register(String stream, boolean enabled) {
    registry.registration(
        stream, new StreamSpec("street:", enabled, true, Map.of()), new TopicPlace(0, 0));
  }

  private void later(int seconds) {
    now.updateAndGet(time -> time.plusSeconds(seconds));
  }

  private String status(String name) {
    return check(name).status();
  }

  private String reason(String name) {
    return String.valueOf(check(name).reason());
  }

  private Health.Check check(String name) {
    return health.report().checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
