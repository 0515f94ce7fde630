package dev.flamingo.job.model;

import dev.flamingo.events.ResizeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/** A model whose calls take until they are let go, and that writes down what begins and ends. */
final class RecordingModel implements VideoModel {

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(3);
  private final CountDownLatch letGo = new CountDownLatch(1);

  List<String> events() {
    return List.copyOf(events);
  }

  /** Waits until pictures, windows and answers are under way. */
  void awaitCalls() throws InterruptedException {
    begun.await();
  }

  void letGo() {
    letGo.countDown();
  }

  private void call(String name) {
    events.add(name + " begins");
    begun.countDown();
    try {
      letGo.await();
    } catch (InterruptedException e) {
      events.add(name + " is interrupted");
      Thread.currentThread().interrupt();
    }
    events.add(name + " ends");
  }

  @Override
  public ModelDescription description() {
    return new ModelDescription(
        "recording", "0123456789ab", 1, ResizeRule.FIT, List.of(0, 0, 0), 8, List.of(), false);
  }

  @Override
  public List<EncodedPicture> encode(List<byte[]> pictures) {
    call("encode");
    return pictures.stream().map(EncodedPicture::of).toList();
  }

  @Override
  public List<byte[]> resample(List<List<byte[]>> windows) {
    call("resample");
    return windows.stream().map(window -> window.get(0)).toList();
  }

  @Override
  public AnswerBatch beginAnswers() {
    return new AnswerBatch() {
      private final List<CompletableFuture<ModelAnswer>> joined = new ArrayList<>();

      @Override
      public CompletableFuture<ModelAnswer> join(ModelQuestion question) {
        joined.add(new CompletableFuture<>());
        return joined.get(joined.size() - 1);
      }

      @Override
      public void step() {
        call("step");
      }

      @Override
      public void close() {
        events.add("answers close");
        joined.forEach(answer -> answer.completeExceptionally(new CancellationException()));
      }
    };
  }

  @Override
  public Map<String, LongSupplier> counters() {
    return Map.of();
  }

  @Override
  public void close() {
    events.add("model closes");
  }
}
