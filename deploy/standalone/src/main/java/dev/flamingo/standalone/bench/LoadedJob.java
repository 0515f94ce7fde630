package dev.flamingo.standalone.bench;

import dev.flamingo.events.FrameHeaders;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.Topics;
import dev.flamingo.job.EmbeddedJob;
import dev.flamingo.job.JobConfig;
import dev.flamingo.job.answer.AnswerLimits;
import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.Device;
import dev.flamingo.standalone.Parts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The demo's Kafka and stream job, fed with streams of one frame a second that are captioned every
 * eight seconds, and with ten questions a second. Frames are drawn beforehand and come evenly;
 * their capture is when they were due. Streams begin one after the other over eight seconds, as
 * cameras do: their windows do not fill in the same second. Used from one thread.
 */
final class LoadedJob implements AutoCloseable {

  private static final Duration CAPTION_EVERY = Duration.ofSeconds(8);
  private static final int QUESTIONS_PER_SECOND = 10;
  private static final int DRAWN = 256;
  private static final int QUICKLY_DRAWN = 16;
  private static final int STRIDE = 37;
  private static final int BEGINNING_SECONDS = 8;
  private static final long SECOND = 1_000_000_000;
  private static final Duration START_WITHIN = Duration.ofMinutes(2);
  private static final Duration LAST_ANSWERS_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final List<String> QUESTIONS =
      List.of("what color is the bus?", "is it raining?", "is the light red or green?");

  private final Parts parts = new Parts();
  private final JsonSerde<Question> questions = new JsonSerde<>(Question.class);
  private final JsonSerde<StreamSpec> specs = new JsonSerde<>(StreamSpec.class);
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final int pictureSize;
  private final int windowFrames;
  private final List<byte[]> jpegs;
  private final Topics topics;
  private final Producer<String, byte[]> producer;
  private final JobWatch watch;
  private int registered;
  private int begun;
  private long asked;

  /**
   * Starts Kafka and the job.
   *
   * @throws Exception if one does not start
   */
  LoadedJob(BenchSettings settings) throws Exception {
    clock = settings.clock();
    nanoTime = settings.nanoTime();
    try {
      Bundle bundle = Bundle.open(settings.bundle());
      pictureSize = bundle.architecture().imageSize();
      windowFrames = bundle.architecture().windowFrames();
      jpegs = StreetFrames.jpegs(settings.quick() ? QUICKLY_DRAWN : DRAWN, pictureSize);
      BenchKafka kafka = parts.add(BenchKafka.start());
      topics = kafka.topics();
      KafkaProducer<String, byte[]> sender = kafka.producer(Map.of("linger.ms", 0, "acks", "1"));
      producer = parts.add(sender);
      watch = parts.add(new JobWatch(kafka, clock));
      String checkpoints = kafka.folder().resolve("checkpoints").toString();
      EmbeddedJob job =
          parts.add(
              EmbeddedJob.start(
                  JobConfig.of(kafka.bootstrap(), checkpoints).withAnswers(limits()),
                  new FlamingoModelProvider(
                      settings.bundle().toAbsolutePath().toString(),
                      settings.graphs().toString(),
                      settings.threads(),
                      Device.CPU,
                      settings.quantization())));
      job.awaitRunning(START_WITHIN);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private static AnswerLimits limits() {
    AnswerLimits usual = AnswerLimits.DEFAULT;
    return new AnswerLimits(
        usual.grace(), usual.startGrace(), usual.stale(), usual.waiting(), CAPTION_EVERY);
  }

  /**
   * Feeds the job and tallies what it does.
   *
   * @param streams how many
   * @param warmUp the time before, which does not count
   * @param time how long
   * @throws IOException if the job never gets to work
   */
  LoadTally measure(int streams, Duration warmUp, Duration time)
      throws IOException, InterruptedException {
    register(streams);
    if (!watch.seen()) {
      awaitFirstWindow();
    }
    feed(streams, warmUp);
    begun = streams;
    watch.begin();
    feed(streams, time);
    Metronome metronome = new Metronome(nanoTime);
    while (watch.waiting() > 0 && metronome.elapsed() < LAST_ANSWERS_WITHIN.toNanos()) {
      Thread.sleep(LOOK_EVERY.toMillis());
    }
    return watch.tally();
  }

  /** Shows the job a stream's last seconds and waits until it works: its model is opened then. */
  private void awaitFirstWindow() throws IOException, InterruptedException {
    Instant now = clock.instant();
    for (int second = 0; second < windowFrames; second++) {
      show(0, second, now.minusSeconds(windowFrames - second));
    }
    Metronome metronome = new Metronome(nanoTime);
    while (!watch.seen()) {
      if (metronome.elapsed() > START_WITHIN.toNanos()) {
        throw new IOException(
            "the job makes no window within %d s: this machine is too busy"
                .formatted(START_WITHIN.toSeconds()));
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  private void register(int streams) {
    byte[] spec =
        specs.write(new StreamSpec("street:", /* enabled= */ true, /* captions= */ true, Map.of()));
    for (; registered < streams; registered++) {
      var unused = producer.send(new ProducerRecord<>(topics.streams(), name(registered), spec));
    }
    producer.flush();
  }

  private static String name(int stream) {
    return "street-" + stream;
  }

  private void feed(int streams, Duration time) {
    Instant origin = clock.instant();
    Metronome metronome = new Metronome(nanoTime);
    long frame = 0;
    long question = 0;
    while (true) {
      long nextFrame = frame * SECOND / streams;
      long nextQuestion = question * SECOND / QUESTIONS_PER_SECOND;
      long due = Math.min(nextFrame, nextQuestion);
      if (due >= time.toNanos()) {
        return;
      }
      metronome.await(due);
      if (nextFrame <= nextQuestion) {
        int stream = (int) (frame % streams);
        long second = frame / streams;
        if (stream < begun || second >= stream % BEGINNING_SECONDS) {
          show(stream, second, origin.plusNanos(due));
        }
        frame++;
      } else {
        ask((int) (question * STRIDE % streams), origin.plusNanos(due));
        question++;
      }
    }
  }

  private void show(int stream, long second, Instant captured) {
    byte[] jpeg = jpegs.get((int) ((second + (long) stream * STRIDE) % jpegs.size()));
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topics.frames(), null, captured.toEpochMilli(), name(stream), jpeg);
    new FrameHeaders(second, pictureSize, pictureSize, second * 1_000).writeTo(record.headers());
    watch.published(captured);
    var unused = producer.send(record);
  }

  private void ask(int stream, Instant at) {
    String id = "bench-" + asked++;
    String text = QUESTIONS.get((int) (asked % QUESTIONS.size()));
    byte[] question = questions.write(Question.of(id, name(stream), text));
    watch.asked(id, at);
    var unused =
        producer.send(
            new ProducerRecord<>(
                topics.questions(), null, at.toEpochMilli(), name(stream), question));
  }

  @Override
  public void close() throws Exception {
    parts.close();
  }
}
