package dev.flamingo.job.model;

import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.model.serving.FamiliarityMeter;
import dev.flamingo.model.serving.GeneratedAnswer;
import dev.flamingo.model.serving.GenerationBatch;
import dev.flamingo.model.serving.MediaPrompt;
import dev.flamingo.model.serving.PromptTemplate;
import dev.flamingo.model.serving.Shot;
import dev.flamingo.model.serving.VisualTokens;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The engine's batch as the job sees it. */
final class FlamingoAnswerBatch implements AnswerBatch {

  private final GenerationBatch batch;
  private final PromptTemplate prompts;
  private final FamiliarityMeter familiarity;

  /** Makes a view of a batch, which it closes. */
  FlamingoAnswerBatch(GenerationBatch batch, PromptTemplate prompts, FamiliarityMeter familiarity) {
    this.batch = batch;
    this.prompts = prompts;
    this.familiarity = familiarity;
  }

  @Override
  public CompletableFuture<ModelAnswer> join(ModelQuestion question) {
    try {
      VisualTokens window = VisualTokens.fromSafetensors(question.tokens());
      List<Shot> shots =
          question.examples().stream()
              .map(
                  example ->
                      new Shot(
                          VisualTokens.fromSafetensors(example.tokens()),
                          Cue.question(example.question()),
                          example.answer()))
              .toList();
      ModelFamiliarity measured =
          familiarity
              .score(window, question.text(), shots)
              .map(score -> new ModelFamiliarity(score.familiar(), score.score()))
              .orElse(null);
      return batch
          .join(request(question, window, shots))
          .thenApply(generated -> answer(generated, measured));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(ModelAnswer.refused(String.valueOf(e.getMessage())));
    }
  }

  private AnswerRequest request(ModelQuestion question, VisualTokens window, List<Shot> shots) {
    String text = question.text();
    MediaPrompt prompt =
        prompts.inContext(shots, text == null ? Cue.CAPTION : Cue.question(text), window);
    return new AnswerRequest(
        prompt.prompt(),
        prompt.media(),
        question.maxTokens(),
        question.listener()::accept,
        question.cancelled());
  }

  private static ModelAnswer answer(
      GeneratedAnswer generated, @Nullable ModelFamiliarity familiarity) {
    ModelAnswer.Finish finish =
        switch (generated.finish()) {
          case STOP -> ModelAnswer.Finish.STOP;
          case LENGTH -> ModelAnswer.Finish.LENGTH;
          case CANCELLED -> ModelAnswer.Finish.CANCELLED;
        };
    return new ModelAnswer(generated.text(), finish, generated.confidence(), familiarity);
  }

  @Override
  public void step() {
    batch.step();
  }

  @Override
  public void close() {
    batch.close();
  }
}
