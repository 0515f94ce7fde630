package dev.flamingo.job;

import dev.flamingo.events.Example;
import dev.flamingo.events.Question;
import dev.flamingo.events.Support;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a job reads before the savepoint of a release, and after it. A savepoint counts what it has
 * read of each topic: what is sent before it must never change while the savepoint is used.
 */
record Story(Pipeline pipeline) {

  static final String ANSWERED = "answered";
  static final String WAITING = "waiting";
  static final String WAITING_FOR_SUPPORT = "waiting-for-support";
  static final String SPEAKING = "speaking";
  static final String OF_HISTORY = "of-history";
  static final String WITH_SUPPORT = "with-support";
  static final String LAST = "last";

  /** The key of a record behind the registration, which ends as a dead letter. */
  static final String BEHIND = "NO STREAM";

  /** The first of January 2026. */
  private static final long START = 1_767_225_600_000L;

  /** Registers the stream. */
  void register() {
    pipeline.register("street", true);
    pipeline.send(pipeline.topics.streams(), BEHIND, "{}".getBytes(StandardCharsets.UTF_8), null);
  }

  /** Shows and asks; the last question is answered when everything else has been read. */
  void begin() {
    pipeline.support("blickets", support("a blicket"));
    pipeline.frames("street", START, 1, 8);
    pipeline.ask(question(SPEAKING, "what slowly", null), START + 8_000);
    pipeline.ask(question(WAITING, "what", null), START + 12_000);
    pipeline.ask(question(WAITING_FOR_SUPPORT, "what", "wugs"), START + 80_000);
    pipeline.ask(question(ANSWERED, "what", "blickets"), START + 8_000);
  }

  /** Goes on behind the savepoint. */
  void goOn() {
    pipeline.support("wugs", support("a wug"));
    pipeline.frames("street", START, 9, 80);
    // Known, and so passed over.
    pipeline.ask(question(ANSWERED, "what", null), START + 8_000);
    // By then the features of the first frames are gone.
    pipeline.ask(at(OF_HISTORY, START + 4_000), START + 80_000);
    pipeline.ask(question(WITH_SUPPORT, "what", "blickets"), START + 80_000);
    pipeline.ask(question(LAST, "what", null), START + 80_000);
  }

  static String names(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(second -> "street-" + second)
        .collect(Collectors.joining(" "));
  }

  private static Support support(String answer) {
    String image = Base64.getEncoder().encodeToString(EchoModel.picture("shot"));
    return new Support(List.of(Example.of(image, "what", answer)));
  }

  private static Question at(String id, long moment) {
    return new Question(
        id,
        "street",
        "what",
        Instant.ofEpochMilli(moment),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        false);
  }

  private static Question question(String id, String text, @Nullable String support) {
    return new Question(
        id, "street", text, null, null, null, null, support, null, null, 60_000, false);
  }
}
