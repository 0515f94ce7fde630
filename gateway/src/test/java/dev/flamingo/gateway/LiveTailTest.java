package dev.flamingo.gateway;

import static dev.flamingo.gateway.LiveGateway.completed;
import static dev.flamingo.gateway.LiveGateway.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.Question;
import dev.flamingo.events.ServedModel;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(90)
@ExtendWith(GatewayExtension.class)
class LiveTailTest {

  private final LiveGateway gateway;

  LiveTailTest(LiveGateway gateway) {
    this.gateway = gateway;
  }

  @Test
  void whateverGoesWrongItGoesOnAndSaysSoMeanwhile() throws Exception {
    Heard heard = new Heard();
    try (LiveTail tail = new LiveTail(gateway.second(0), heard)) {
      patiently().until(() -> heard.states.contains(true));
      for (String id : List.of("exception", "error", "well")) {
        gateway.end(completed(Question.of(id, "street", "what goes wrong?"), id));
      }

      patiently().until(() -> heard.answers.contains("well"));
      assertThat(heard.states).startsWith(true, false);
      assertThat(heard.answers).containsSubsequence("exception", "error", "well");
      patiently().until(() -> heard.states.get(heard.states.size() - 1));
      assertThat(
              tail.caughtUp().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS))
          .isNull();
    }
    assertThat(heard.states).endsWith(true, false);
  }

  /** Fails at two of the answers. */
  private static final class Heard implements LiveListener {

    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final List<Boolean> states = new CopyOnWriteArrayList<>();

    @Override
    public void answer(Answer answer) {
      answers.add(answer.id());
      if (answer.id().equals("exception")) {
        throw new IllegalStateException("a fault of the listener");
      }
      if (answer.id().equals("error")) {
        throw new OutOfMemoryError("as if there were no memory");
      }
    }

    @Override
    public void current(boolean current) {
      states.add(current);
    }

    @Override
    public void delta(AnswerDelta delta) {}

    @Override
    public void caption(String stream, Answer caption) {}

    @Override
    public void registration(String stream, @Nullable StreamSpec spec, TopicPlace place) {}

    @Override
    public void status(String stream, @Nullable StreamStatus status) {}

    @Override
    public void model(String name, @Nullable ServedModel model) {}

    @Override
    public void frame(ConsumerRecord<String, byte[]> frame) {}

    @Override
    public void picture(ConsumerRecord<String, byte[]> picture) {}
  }
}
