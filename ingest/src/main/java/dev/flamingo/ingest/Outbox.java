package dev.flamingo.ingest;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of records that leave one after another, in order. The first stays until Kafka
 * has it, so that Kafka's absence is felt here: whoever can wait waits, and whoever cannot loses
 * the oldest.
 */
final class Outbox {

  private final int capacity;
  private final ArrayDeque<ProducerRecord<String, byte[]>> waiting = new ArrayDeque<>();
  private final AtomicLong dropped = new AtomicLong();
  private boolean leaving;
  private String refusal = "";

  /**
   * An empty queue.
   *
   * @param capacity how many records wait at most
   */
  Outbox(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds a record, dropping the oldest if there is no room. True if the queue was idle and wants
   * sending.
   */
  synchronized boolean addDropping(ProducerRecord<String, byte[]> letter) {
    if (waiting.size() >= capacity) {
      waiting.removeFirst();
      dropped.incrementAndGet();
    }
    return add(letter);
  }

  /** Adds a record, waiting for room. True if the queue was idle and wants sending. */
  synchronized boolean addWaiting(ProducerRecord<String, byte[]> letter)
      throws InterruptedException {
    while (waiting.size() >= capacity) {
      wait();
    }
    return add(letter);
  }

  private boolean add(ProducerRecord<String, byte[]> letter) {
    waiting.addLast(letter);
    boolean idle = !leaving;
    leaving = true;
    return idle;
  }

  /** The record to send now; null if there is none, and the queue is idle. */
  synchronized @Nullable ProducerRecord<String, byte[]> first() {
    leaving = !waiting.isEmpty();
    return waiting.peekFirst();
  }

  /** A record has arrived: the next one is first. */
  synchronized void remove(ProducerRecord<String, byte[]> letter) {
    refusal = "";
    // It may have been dropped on its way.
    waiting.removeFirstOccurrence(letter);
    notifyAll();
  }

  /** A record will never arrive: it is lost, and the next one is first. */
  synchronized void refuse(ProducerRecord<String, byte[]> letter, String reason) {
    refusal = reason;
    if (waiting.removeFirstOccurrence(letter)) {
      dropped.incrementAndGet();
    }
    notifyAll();
  }

  /** A record that must not be sent at all is lost. */
  synchronized void refuse(String reason) {
    refusal = reason;
    dropped.incrementAndGet();
  }

  /** Why the last record was refused; empty if it arrived. */
  synchronized String refusal() {
    return refusal;
  }

  /** Waits until everything has arrived. */
  synchronized void awaitEmpty() throws InterruptedException {
    while (!waiting.isEmpty()) {
      wait();
    }
  }

  /** Forgets what waits. */
  synchronized void clear() {
    waiting.clear();
    notifyAll();
  }

  /** How many records were lost: for want of room, or refused. */
  long dropped() {
    return dropped.get();
  }
}
