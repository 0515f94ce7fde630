package dev.flamingo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.StreamState;
import dev.flamingo.events.StreamStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LiveHubTest {

  private final LiveHub hub = new LiveHub();
  private final List<ObjectNode> told = new ArrayList<>();
  private final Consumer<ObjectNode> client = told::add;

  @Test
  void numbersRiseThroughHistoryAndWhatIsNew() {
    caption("street", "one");
    status("street", StreamState.LIVE);
    caption("other", "not for this client");
    hub.subscribe("street", 0, client);
    caption("street", "two");
    caption("other", "not for this client");

    assertThat(told)
        .extracting(event -> event.path("type").asText() + " " + event.path("text").asText())
        .containsExactly("stream.status ", "caption one", "caption two");
    assertThat(told)
        .extracting(event -> event.path("seq").asLong())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aClientThatComesBackIsToldOnlyWhatItMissed() {
    hub.subscribe("street", 0, client);
    caption("street", "heard");
    long last = told.get(0).path("seq").asLong();
    hub.unsubscribe("street", client);
    caption("street", "missed");
    told.clear();

    hub.subscribe("street", last, client);

    assertThat(texts()).containsExactly("missed");
  }

  @Test
  void ofManyCaptionsTheLatestHundredAreKept() {
    for (int i = 0; i < 130; i++) {
      caption("street", Integer.toString(i));
    }

    hub.subscribe("street", 0, client);

    assertThat(texts()).hasSize(100).startsWith("30").endsWith("129");
  }

  @Test
  void onlySoManyStreamsHaveAHistoryButAllAreTold() {
    for (int i = 0; i < 500; i++) {
      caption("stream-" + i, "early");
    }
    caption("one-more", "early");
    hub.subscribe("one-more", 0, client);
    hub.subscribe("stream-499", 0, client);
    caption("one-more", "late");

    assertThat(texts()).containsExactly("early", "late");
    assertThat(told.get(0).path("stream").asText()).isEqualTo("stream-499");
  }

  @Test
  void aClientMayLeaveWhileItIsTold() {
    List<Consumer<ObjectNode>> leaving = new ArrayList<>();
    Consumer<ObjectNode> leaver = event -> hub.unsubscribe("street", leaving.get(0));
    leaving.add(leaver);
    hub.subscribe("street", 0, leaver);
    hub.subscribe("street", 0, client);

    caption("street", "one");
    caption("street", "two");

    assertThat(texts()).containsExactly("one", "two");
  }

  private List<String> texts() {
    return told.stream().map(event -> event.path("text").asText()).toList();
  }

  private void caption(String stream, String text) {
    hub.caption(stream, LiveGateway.completed("c", null, AnswerKind.CAPTION, text));
  }

  private void status(String stream, StreamState state) {
    hub.status(stream, new StreamStatus(state, Instant.EPOCH, null));
  }
}
