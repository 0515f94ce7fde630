package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

  private final Map<String, NewTopic> topics =
      Topics.standard().definitions(4, (short) 3).stream()
          .collect(Collectors.toMap(NewTopic::name, Function.identity()));

  @Test
  void theContractsTopicsAreAllThereAndNoOther() {
    assertThat(topics.keySet())
        .containsExactlyInAnyOrder(
            "flamingo.streams",
            "flamingo.stream-status",
            "flamingo.frames",
            "flamingo.pictures",
            "flamingo.visual-tokens",
            "flamingo.questions",
            "flamingo.answers",
            "flamingo.answer-deltas",
            "flamingo.captions",
            "flamingo.supports",
            "flamingo.models",
            "flamingo.dead-letters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"streams", "stream-status", "supports", "models"})
  void whatIsKeptByKeyIsCompacted(String topic) {
    assertThat(settings(topic))
        .containsEntry("cleanup.policy", "compact")
        .doesNotContainKey("retention.ms");
  }

  @ParameterizedTest
  @CsvSource({
    "frames,PT15M",
    "pictures,PT15M",
    "visual-tokens,PT24H",
    "questions,P7D",
    "answers,P7D",
    "answer-deltas,PT10M",
    "captions,P7D",
    "dead-letters,P7D"
  })
  void whatIsKeptForATimeIsDeletedSoonAfterIt(String topic, Duration time) {
    assertThat(settings(topic))
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", Long.toString(time.toMillis()));
    assertThat(Long.parseLong(settings(topic).get("segment.ms")))
        .isBetween(60_000L, time.toMillis() / 5);
  }

  @Test
  void everyTopicSaysItsPartitionsItsCopiesAndWhoseClockItTrusts() {
    assertThat(topics.values())
        .allSatisfy(
            topic -> {
              assertThat(topic.numPartitions()).isEqualTo(4);
              assertThat(topic.replicationFactor()).isEqualTo((short) 3);
              assertThat(topic.configs())
                  .containsEntry("message.timestamp.type", "CreateTime")
                  .containsKey("max.message.bytes");
            });
  }

  @Test
  void thePrefixCanBeAnother() {
    List<NewTopic> others = new Topics("town.").definitions(1, (short) 1);

    assertThat(others).hasSize(12).allMatch(topic -> topic.name().startsWith("town."));
    assertThat(new Topics("town.").answerDeltas()).isEqualTo("town.answer-deltas");
  }

  private Map<String, String> settings(String topic) {
    return Objects.requireNonNull(topics.get("flamingo." + topic)).configs();
  }
}
