package dev.flamingo.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.logging.LogEntry;

/** What Chromium's trace recorded of the page, in the form in which chromedriver logs it. */
final class Trace {

  /** What has to be recorded. */
  static final String CATEGORIES =
      "blink.user_timing,devtools.timeline,disabled-by-default-devtools.timeline";

  private static final Pattern PICTURE = Pattern.compile("/v1/streams/([^/]+)/frame\\.jpg");

  private final ObjectMapper mapper = new ObjectMapper();
  private final List<JsonNode> events = new ArrayList<>();

  void add(LogEntry entry) {
    try {
      JsonNode message = mapper.readTree(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Tracing.dataCollected")) {
        events.add(message.path("params"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether the mark {@code end} is recorded behind the last {@code begin}. */
  boolean ended() {
    return mark("end") > mark("begin");
  }

  private long mark(String name) {
    return named(name).mapToLong(Trace::micros).max().orElse(-1);
  }

  /**
   * Returns the longest task of a page's main thread, by the time that the thread itself used: what
   * other programs take from it is not the page's doing.
   *
   * @throws IllegalStateException if no task was recorded
   */
  Duration longestTask() {
    Set<String> mainThreads =
        named("thread_name")
            .filter(event -> event.path("args").path("name").asText().equals("CrRendererMain"))
            .map(Trace::thread)
            .collect(Collectors.toSet());
    long micros =
        between(named("RunTask"))
            .filter(event -> mainThreads.contains(thread(event)) && event.has("tdur"))
            .mapToLong(event -> event.path("tdur").asLong())
            .max()
            .orElseThrow(
                () -> new IllegalStateException("the trace has no task: " + events.size()));
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  /** Returns the ids of the cameras whose pictures were asked for. */
  Set<String> pictures() {
    return between(named("ResourceSendRequest"))
        .map(event -> PICTURE.matcher(event.path("args").path("data").path("url").asText()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private Stream<JsonNode> named(String name) {
    return events.stream().filter(event -> event.path("name").asText().equals(name));
  }

  private Stream<JsonNode> between(Stream<JsonNode> all) {
    long begin = mark("begin");
    long end = mark("end");
    return all.filter(event -> micros(event) >= begin && micros(event) <= end);
  }

  private static long micros(JsonNode event) {
    return event.path("ts").asLong();
  }

  private static String thread(JsonNode event) {
    return event.path("pid").asText() + "/" + event.path("tid").asText();
  }
}
