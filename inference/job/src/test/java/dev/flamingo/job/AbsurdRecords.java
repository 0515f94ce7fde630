package dev.flamingo.job;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Records as nobody should write them: each field of each event is missing, right, or of the right
 * kind with an absurd value, or of any kind. Most fields of a record are right, so that much of it
 * is accepted.
 */
public final class AbsurdRecords {

  /** What a record is about. */
  public enum Kind {
    QUESTION,
    STREAM,
    SUPPORT,
    FRAME
  }

  /**
   * A record to write.
   *
   * @param timestamp null for now
   * @param headers by name
   */
  public record Absurd(
      Kind kind,
      byte @Nullable [] key,
      byte @Nullable [] value,
      @Nullable Long timestamp,
      Map<String, byte[]> headers) {}

  private static final List<String> MOMENTS =
      List.of(
          "1970-01-01T00:00:00Z",
          "1969-12-31T23:59:59.999999999Z",
          "9999-12-31T23:59:59.999999999Z",
          "+10000-01-01T00:00:00Z",
          "+292278994-08-17T07:12:55.807Z",
          "+292278994-08-17T07:12:55.808Z",
          "-292275055-05-16T16:47:04.191Z",
          "+1000000000-12-31T23:59:59.999999999Z",
          "-1000000000-01-01T00:00:00Z",
          "2016-12-31T23:59:60Z",
          "2026-02-30T12:00:00Z",
          "2026-05-01T24:00:00Z",
          "2026-05-01T12:00:00+18:00",
          "2026-05-01T12:00:00",
          "2026-05-01",
          "",
          " ",
          "now");

  private static final List<String> TEXTS =
      List.of(
          "what",
          "",
          " ",
          "a".repeat(1_000),
          "a".repeat(1_001),
          "\\ud83d\\ude8c".repeat(1_000),
          "\\ud800",
          "\\u0000",
          "\\u202e\\ufeff",
          "<image></s>",
          "%s%n$1{}",
          "poison",
          "..",
          "a/b?c#d");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "32",
          "256",
          "257",
          "600000",
          "600001",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "1e18",
          "1e400",
          "1e1000000000",
          "0.1e-999999999",
          "2.9",
          "-0.0");

  private static final List<String> OTHERS =
      List.of(
          "null",
          "true",
          "false",
          "{}",
          "[]",
          "[null]",
          "[[[]]]",
          "{\"a\":{\"b\":[1]}}",
          "[".repeat(30) + "]".repeat(30),
          "NaN",
          "'x'",
          "\"" + "z".repeat(20_000) + "\"");

  private AbsurdRecords() {}

  /** Returns records of every kind, most of them questions. */
  public static Arbitrary<Absurd> all() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, question()),
        Tuple.of(1, stream()),
        Tuple.of(1, support()),
        Tuple.of(3, frame()));
  }

  /** Returns JSON objects with absurd fields of all events, for whoever reads any of them. */
  public static Arbitrary<byte[]> objects() {
    return json(
        List.of(
            field("state", oneOf(List.of("live", "failed", "x"))),
            field("since", moment()),
            field("reason", text()),
            field("id", text()),
            field("kind", oneOf(List.of("answer", "caption"))),
            field("status", oneOf(List.of("completed", "failed"))),
            field("error", any()),
            field("window", window()),
            field("confidence", number()),
            field("timings", any()),
            field("attempt", number()),
            field("index", number()),
            field("text", text())));
  }

  private static Arbitrary<Absurd> question() {
    Arbitrary<byte[]> value =
        json(
            List.of(
                field("stream", streamId()),
                field(
                    "text",
                    Arbitraries.frequencyOf(Tuple.of(8, quoted("what")), Tuple.of(3, text()))),
                rare("at", moment()),
                rare("from", moment()),
                rare("to", moment()),
                rare("examples", list(example())),
                rare("support", oneOf(List.of("wugs", "other", ""))),
                rare("standing", any()),
                rare("maxTokens", number()),
                rare("deadlineMs", number()),
                rare("streams", any()),
                rare("find", any())));
    return record(Kind.QUESTION, value);
  }

  private static Arbitrary<Absurd> stream() {
    return record(
        Kind.STREAM,
        json(
            List.of(
                field("uri", oneOf(List.of("street:", "rtsp://a:b@c/", ""))),
                rare("enabled", any()),
                rare("captions", Arbitraries.of("true", "false", "7")),
                rare("labels", any()),
                rare("zone", any()))));
  }

  private static Arbitrary<Absurd> support() {
    return record(Kind.SUPPORT, json(List.of(field("examples", list(example())))));
  }

  private static Arbitrary<Absurd> frame() {
    Arbitrary<byte[]> picture =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.strings().alpha().ofLength(6).map(EchoModel::picture)),
            Tuple.of(1, Arbitraries.just(EchoModel.picture("broken"))),
            Tuple.of(1, Arbitraries.just(EchoModel.picture(""))),
            Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(16)));
    return record(Kind.FRAME, picture);
  }

  private static Arbitrary<Absurd> record(Kind kind, Arbitrary<byte[]> values) {
    Arbitrary<byte[]> keys =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.of("street", "north", "wugs").map(AbsurdRecords::bytes)),
            Tuple.of(1, Arbitraries.of("", "NO", "a".repeat(300)).map(AbsurdRecords::bytes)),
            Tuple.of(
                1,
                Arbitraries.strings()
                    .withChars("ab0-.")
                    .ofMinLength(1)
                    .ofMaxLength(6)
                    .map(AbsurdRecords::bytes)),
            Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofSize(5)));
    Arbitrary<byte[]> torn =
        Arbitraries.frequencyOf(
            Tuple.of(12, values),
            Tuple.of(
                1,
                Combinators.combine(values, Arbitraries.integers().between(0, 60))
                    .as(AbsurdRecords::tear)),
            Tuple.of(
                1, values.map(value -> bytes(new String(value, StandardCharsets.UTF_8) + "{}"))),
            Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(40)));
    long now = System.currentTimeMillis();
    Arbitrary<Long> times =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.longs().between(now - 20_000, now + 20_000)),
            Tuple.of(1, Arbitraries.of(0L, 1L, now - 8L * 86_400_000, now + 3_000_000)));
    Arbitrary<Map<String, byte[]>> headers =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(Map.of())),
            Tuple.of(2, Arbitraries.just(Map.of("replay", new byte[0]))),
            Tuple.of(1, Arbitraries.just(Map.of("ce_type", new byte[] {-1, 0, 7}))),
            Tuple.of(
                1,
                Arbitraries.just(Map.of("ce_type", bytes("dev.flamingo.question.cancelled.v1")))));
    return Combinators.combine(keys, torn.injectNull(0.02), times.injectNull(0.4), headers)
        .as((key, value, time, header) -> new Absurd(kind, key, value, time, header));
  }

  private static byte[] tear(byte[] value, int at) {
    return java.util.Arrays.copyOf(value, Math.min(at, value.length));
  }

  private static Arbitrary<String> example() {
    return Combinators.combine(
            rare("image", oneOf(List.of("/9hzaG90", "!", "data:image/jpeg;base64,/9hz"))),
            field("window", window()),
            field("question", text()),
            field("answer", text()))
        .as((image, window, question, answer) -> object(List.of(image, window, question, answer)));
  }

  private static Arbitrary<String> window() {
    return Arbitraries.oneOf(
        moment(),
        Combinators.combine(field("from", moment()), field("to", moment()))
            .as((from, to) -> object(List.of(from, to))));
  }

  private static Arbitrary<String> list(Arbitrary<String> items) {
    return items.list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]");
  }

  private static Arbitrary<String> streamId() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, oneOf(List.of("street", "north", "nowhere"))), Tuple.of(1, text()));
  }

  private static Arbitrary<String> moment() {
    Instant now = Instant.now();
    return Arbitraries.frequencyOf(
        Tuple.of(6, oneOf(MOMENTS)),
        Tuple.of(
            3,
            Arbitraries.integers()
                .between(-30, 10)
                .map(second -> "\"" + now.plusSeconds(second) + "\"")),
        Tuple.of(1, number()));
  }

  private static Arbitrary<String> text() {
    return oneOf(TEXTS);
  }

  private static Arbitrary<String> number() {
    return Arbitraries.of(NUMBERS);
  }

  private static Arbitrary<String> any() {
    return Arbitraries.oneOf(Arbitraries.of(OTHERS), number(), text(), moment());
  }

  private static Arbitrary<String> quoted(String text) {
    return Arbitraries.just("\"" + text + "\"");
  }

  private static Arbitrary<String> oneOf(List<String> texts) {
    return Arbitraries.of(texts).map(text -> "\"" + text + "\"");
  }

  /** Returns a field that is mostly there, and now and then of any kind. */
  private static Arbitrary<String> field(String name, Arbitrary<String> values) {
    return some(name, values, 40, 1, 1);
  }

  /** Returns a field that is mostly missing. */
  private static Arbitrary<String> rare(String name, Arbitrary<String> values) {
    return some(name, values, 3, 1, 46);
  }

  private static Arbitrary<String> some(
      String name, Arbitrary<String> values, int there, int ofAnyKind, int missing) {
    return Arbitraries.frequencyOf(
        Tuple.of(there, values.map(value -> "\"" + name + "\":" + value)),
        Tuple.of(ofAnyKind, any().map(value -> "\"" + name + "\":" + value)),
        Tuple.of(missing, Arbitraries.just("")));
  }

  private static Arbitrary<byte[]> json(List<Arbitrary<String>> fields) {
    return Combinators.combine(fields).as(all -> bytes(object(all)));
  }

  private static String object(List<String> fields) {
    List<String> there = new ArrayList<>(fields);
    there.removeIf(String::isEmpty);
    return "{" + String.join(",", there) + "}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
