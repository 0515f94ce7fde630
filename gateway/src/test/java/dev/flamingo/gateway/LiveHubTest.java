package dev.flamingo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.StreamState;
import dev.flamingo.events.StreamStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LiveHubTest {

  private final LiveHub hub = new LiveHub();
  private final List<ObjectNode> told = new ArrayList<>();
  private final Consumer<ObjectNode> client = told::add;

  @Test
  void numbersRiseThroughHistoryAndWhatIsNew() {
    caption("street", "one");
    hub.subscribe("street", client);
    status("street", StreamState.LIVE);
    caption("other", "not for this client");
    told.add(hub.again(hub.captionAfter("street", 0).orElseThrow()));
    caption("street", "two");

    assertThat(told)
        .extracting(event -> event.path("type").asText() + " " + event.path("text").asText())
        .containsExactly("stream.status ", "caption one", "caption two");
    assertThat(told)
        .extracting(event -> event.path("seq").asLong())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void captionsBehindANumberAreFoundInTheirOrder() {
    hub.subscribe("street", client);
    caption("street", "heard");
    long last = told.get(0).path("seq").asLong();
    caption("street", "missed");
    caption("street", "missed, too");

    assertThat(history("street", last)).containsExactly("missed", "missed, too");
  }

  @Test
  void ofManyCaptionsTheLatestHundredAreKept() {
    for (int i = 0; i < 130; i++) {
      caption("street", Integer.toString(i));
    }

    assertThat(history("street", 0)).hasSize(100).startsWith("30").endsWith("129");
  }

  @Test
  void ofWideCaptionsAsManyAreKeptAsFitAMegabyte() {
    for (int i = 0; i < 10; i++) {
      caption("street", i + "x".repeat(300_000));
    }

    assertThat(history("street", 0))
        .extracting(text -> text.charAt(0))
        .containsExactly('7', '8', '9');
  }

  @Test
  void theHistoriesOfAllStreamsAreBoundedInBytesButAllAreTold() {
    hub.subscribe("stream-99", client);
    for (int i = 0; i < 100; i++) {
      caption("stream-" + i, "x".repeat(900_000));
    }

    int kept = 0;
    for (int i = 0; i < 100; i++) {
      kept += history("stream-" + i, 0).size();
    }
    assertThat(kept).isBetween(1, 55);
    assertThat(texts()).hasSize(1);
  }

  private List<String> history(String stream, long after) {
    List<String> texts = new ArrayList<>();
    long last = after;
    for (Optional<ObjectNode> next = hub.captionAfter(stream, last);
        next.isPresent();
        next = hub.captionAfter(stream, last)) {
      texts.add(next.get().path("text").asText());
      last = next.get().path("seq").asLong();
    }
    return texts;
  }

  @Test
  void aClientMayLeaveWhileItIsTold() {
    List<Consumer<ObjectNode>> leaving = new ArrayList<>();
    Consumer<ObjectNode> leaver = event -> hub.unsubscribe("street", leaving.get(0));
    leaving.add(leaver);
    hub.subscribe("street", leaver);
    hub.subscribe("street", client);

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
