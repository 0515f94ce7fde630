package dev.flamingo.standalone.bench;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Topics;
import dev.flamingo.events.VisualTokenHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a job writes, and tallies how long it took. It has a thread of its own; its methods
 * may be called by another.
 */
final class JobWatch implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
  private static final long LONGEST_MILLIS = 600_000;

  private final Topics topics;
  private final KafkaConsumer<String, byte[]> consumer;
  private final InstantSource clock;
  private final JsonSerde<Answer> json = new JsonSerde<>(Answer.class);
  private final Thread thread = new Thread(this::run, "job-watch");

  // All of it is guarded by this.
  private final Histogram askable = new Histogram(LONGEST_MILLIS, 3);
  private final Histogram answered = new Histogram(LONGEST_MILLIS, 3);
  private final Map<String, Instant> asked = new HashMap<>();
  private final FrameGaps gaps = new FrameGaps();
  private Instant since = Instant.MAX;
  private boolean seen;
  private long frames;
  private long dropped;
  private long questions;
  private long failed;
  private long captions;
  private @Nullable RuntimeException failure;

  /**
   * Starts to read.
   *
   * @param clock the time of arrivals
   */
  JobWatch(BenchKafka kafka, InstantSource clock) {
    this.clock = clock;
    topics = kafka.topics();
    consumer = kafka.news(topics.visualTokens(), topics.answers(), topics.captions());
    thread.start();
  }

  /** Forgets what was, and tallies what is captured and asked from now on. */
  synchronized void begin() {
    since = clock.instant();
    askable.reset();
    answered.reset();
    asked.clear();
    gaps.clear();
    frames = 0;
    dropped = 0;
    questions = 0;
    failed = 0;
    captions = 0;
  }

  /** Records that a frame was published. */
  synchronized void published(Instant captured) {
    if (!captured.isBefore(since)) {
      frames++;
    }
  }

  /** Records that a question was asked. */
  synchronized void asked(String id, Instant at) {
    if (!at.isBefore(since)) {
      questions++;
      asked.put(id, at);
    }
  }

  /** Returns whether a window has ever come. */
  synchronized boolean seen() {
    return seen;
  }

  /** Returns how many questions wait. */
  synchronized int waiting() {
    return asked.size();
  }

  /**
   * Returns what happened since the beginning.
   *
   * @throws IllegalStateException if what the job writes could not be read
   */
  synchronized LoadTally tally() {
    if (failure != null) {
      throw new IllegalStateException(
          "what the job writes cannot be read: " + failure.getMessage(), failure);
    }
    return new LoadTally(
        frames,
        dropped,
        askable.getValueAtPercentile(50),
        askable.getValueAtPercentile(99),
        questions,
        failed,
        asked.size(),
        answered.getValueAtPercentile(50),
        answered.getValueAtPercentile(99),
        captions);
  }

  private void run() {
    try (consumer) {
      while (true) {
        consumer.poll(POLL).forEach(record -> hear(record, clock.instant()));
      }
    } catch (WakeupException e) {
      // Closed: there is nothing more to hear.
      return;
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private synchronized void fail(RuntimeException error) {
    failure = error;
  }

  private synchronized void hear(ConsumerRecord<String, byte[]> record, Instant now) {
    if (record.topic().equals(topics.visualTokens())) {
      window(record.key(), VisualTokenHeaders.readFrom(record.headers()), now);
    } else if (record.topic().equals(topics.captions())) {
      captions++;
    } else {
      answer(json.read(record.value()), now);
    }
  }

  private void window(String stream, VisualTokenHeaders window, Instant now) {
    seen = true;
    if (window.from().isBefore(since)) {
      return;
    }
    askable.recordValue(millis(window.to(), now));
    dropped += gaps.before(stream, window);
  }

  private void answer(Answer answer, Instant now) {
    Instant at = asked.remove(answer.id());
    if (at != null) {
      answered.recordValue(millis(at, now));
      failed += answer.status() == AnswerStatus.COMPLETED ? 0 : 1;
    }
  }

  private static long millis(Instant from, Instant to) {
    return Math.max(0, Math.min(LONGEST_MILLIS, Duration.between(from, to).toMillis()));
  }

  @Override
  public void close() throws InterruptedException {
    consumer.wakeup();
    thread.join(STOP_WITHIN.toMillis());
  }
}
