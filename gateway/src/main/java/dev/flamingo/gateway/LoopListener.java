package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.ServedModel;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamStatus;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Brings what the tail reads to the loop. */
final class LoopListener implements LiveListener {

  private final Executor loop;
  private final QuestionDesk questions;
  private final LiveHub hub;
  private final Registry registry;
  private final ShownPictures shown;
  private final Signs signs;

  LoopListener(
      Executor loop,
      QuestionDesk questions,
      LiveHub hub,
      Registry registry,
      ShownPictures shown,
      Signs signs) {
    this.loop = loop;
    this.questions = questions;
    this.hub = hub;
    this.registry = registry;
    this.shown = shown;
    this.signs = signs;
  }

  @Override
  public void answer(Answer answer) {
    loop.execute(
        () -> {
          signs.ofJob();
          questions.hear(answer);
        });
  }

  @Override
  public void delta(AnswerDelta delta) {
    loop.execute(
        () -> {
          signs.ofJob();
          questions.hear(delta);
        });
  }

  @Override
  public void caption(String stream, Answer caption) {
    loop.execute(
        () -> {
          signs.ofJob();
          hub.caption(stream, caption);
        });
  }

  @Override
  public void registration(String stream, @Nullable StreamSpec spec, TopicPlace place) {
    loop.execute(
        () -> {
          // Also of one that is registered anew: a frame may have come behind the removal.
          if (spec == null || !registry.knows(stream)) {
            shown.forget(stream);
          }
          registry.registration(stream, spec, place);
        });
  }

  @Override
  public void status(String stream, @Nullable StreamStatus status) {
    loop.execute(
        () -> {
          registry.status(stream, status);
          if (status != null) {
            hub.status(stream, status);
          }
        });
  }

  @Override
  public void model(String name, @Nullable ServedModel model) {
    loop.execute(
        () -> {
          registry.model(name, model);
          if (model != null) {
            signs.ofJob(model.heartbeat());
          }
        });
  }

  @Override
  public void frame(ConsumerRecord<String, byte[]> frame) {
    loop.execute(
        () -> {
          signs.ofFrames();
          shown.frames().add(frame);
        });
  }

  @Override
  public void picture(ConsumerRecord<String, byte[]> picture) {
    loop.execute(() -> shown.pictures().add(picture));
  }

  @Override
  public void current(boolean current) {
    loop.execute(() -> signs.ofTail(current));
  }
}
