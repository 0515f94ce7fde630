package dev.flamingo.standalone.bench;

import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes pieces of many answers in turns, at a steady rate, each with the moment as its text.
 */
final class DeltaFlood {

  private static final int TICKS = 200;
  private static final long TICK_NANOS = 1_000_000_000L / TICKS;

  private final JsonSerde<AnswerDelta> json = new JsonSerde<>(AnswerDelta.class);
  private final Producer<String, byte[]> producer;
  private final Topics topics;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  DeltaFlood(
      Producer<String, byte[]> producer,
      Topics topics,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.producer = producer;
    this.topics = topics;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Publishes for a while.
   *
   * @param questions whose answers they are pieces of
   * @param perSecond how many, a multiple of 200
   * @return how many were published
   */
  long publish(List<String> questions, int perSecond, int seconds) {
    Metronome metronome = new Metronome(nanoTime);
    int index = 0;
    for (int tick = 0; tick < TICKS * seconds; tick++) {
      metronome.await(tick * TICK_NANOS);
      for (int i = 0; i < perSecond / TICKS; i++) {
        String id = questions.get(index % questions.size());
        String moment = Long.toString(FanoutClients.micros(clock.instant()));
        byte[] delta = json.write(new AnswerDelta(id, 0, index / questions.size(), moment));
        var unused = producer.send(new ProducerRecord<>(topics.answerDeltas(), id, delta));
        index++;
      }
    }
    producer.flush();
    return index;
  }
}
