package dev.flamingo.job.model;

import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.GeneratedAnswer;
import dev.flamingo.model.serving.MediaPrompt;
import dev.flamingo.model.serving.Shot;
import dev.flamingo.model.serving.VisualTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Flamingo engine as the job sees it. Owns the engine. */
public final class FlamingoVideoModel implements VideoModel {

  private final FlamingoEngine engine;

  /** Makes a view of an engine, which it closes. */
  public FlamingoVideoModel(FlamingoEngine engine) {
    this.engine = engine;
  }

  @Override
  public String id() {
    return engine.bundle().id();
  }

  @Override
  public List<EncodedPicture> encode(List<byte[]> pictures) {
    List<float[]> pixels = new ArrayList<>();
    List<@Nullable String> problems = new ArrayList<>();
    for (byte[] picture : pictures) {
      try {
        pixels.add(engine.preprocessor().fromJpeg(picture));
        problems.add(null);
      } catch (IOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    Iterator<FrameFeatures> features = engine.encoder().encode(pixels).iterator();
    List<EncodedPicture> encoded = new ArrayList<>();
    for (String problem : problems) {
      encoded.add(
          problem == null
              ? EncodedPicture.of(features.next().toBytes())
              : EncodedPicture.broken(problem));
    }
    return encoded;
  }

  @Override
  public List<byte[]> resample(List<List<byte[]>> windows) {
    List<List<FrameFeatures>> features =
        windows.stream()
            .map(window -> window.stream().map(FrameFeatures::fromBytes).toList())
            .toList();
    return engine.resampler().resample(features).stream().map(VisualTokens::toSafetensors).toList();
  }

  @Override
  public List<ModelAnswer> answer(List<ModelQuestion> questions) {
    ModelAnswer[] answers = new ModelAnswer[questions.size()];
    List<AnswerRequest> requests = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      try {
        requests.add(request(questions.get(i)));
        places.add(i);
      } catch (IllegalArgumentException e) {
        answers[i] = ModelAnswer.refused(String.valueOf(e.getMessage()));
      }
    }
    List<GeneratedAnswer> generated = engine.generator().generate(requests);
    for (int i = 0; i < generated.size(); i++) {
      answers[places.get(i)] = answer(generated.get(i));
    }
    return List.of(answers);
  }

  private AnswerRequest request(ModelQuestion question) {
    String text = question.text();
    List<Shot> shots =
        question.examples().stream()
            .map(
                example ->
                    new Shot(
                        VisualTokens.fromSafetensors(example.tokens()),
                        Cue.question(example.question()),
                        example.answer()))
            .toList();
    MediaPrompt prompt =
        engine
            .prompts()
            .inContext(
                shots,
                text == null ? Cue.CAPTION : Cue.question(text),
                VisualTokens.fromSafetensors(question.tokens()));
    return new AnswerRequest(
        prompt.prompt(),
        prompt.media(),
        question.maxTokens(),
        question.listener()::accept,
        question.cancelled());
  }

  private static ModelAnswer answer(GeneratedAnswer generated) {
    ModelAnswer.Finish finish =
        switch (generated.finish()) {
          case STOP -> ModelAnswer.Finish.STOP;
          case LENGTH -> ModelAnswer.Finish.LENGTH;
          case CANCELLED -> ModelAnswer.Finish.CANCELLED;
        };
    return new ModelAnswer(generated.text(), finish, generated.confidence());
  }

  @Override
  public void close() {
    engine.close();
  }
}
