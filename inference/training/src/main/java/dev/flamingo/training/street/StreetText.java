package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.serving.Prompt;
import dev.flamingo.model.serving.PromptTemplate;
import dev.flamingo.training.objective.TextBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Questions with answers, and captions, as sequences of tokens in the paper's prompt forms
 * (appendix A.2).
 */
final class StreetText {

  private static final double ASKED = 0.3;

  /** What a word that is no answer counts: most questions' words cannot be known. */
  private static final float WORDS = 0.1f;

  private final StreetGrammar grammar = new StreetGrammar();
  private final StreetCaption caption = new StreetCaption();
  private final QuestionBalance balance;
  private final Tokenizer tokenizer;
  private final PromptTemplate prompts;

  StreetText(QuestionBalance balance, Tokenizer tokenizer, PromptTemplate prompts) {
    this.balance = balance;
    this.tokenizer = tokenizer;
    this.prompts = prompts;
  }

  /** Returns so many questions about each clip, the rare families more often than they come up. */
  TextBatch questions(List<StreetClip> clips, int perClip, SplittableRandom random) {
    return TextBatch.of(questions(clips, perClip, random, prompts::question), padding());
  }

  /**
   * Returns questions for the language model alone, all of their words to be learnt: half of them
   * name no medium.
   */
  TextBatch questionsAlone(List<StreetClip> clips, SplittableRandom random) {
    List<TextBatch.Sequence> sequences = new ArrayList<>();
    sequences.addAll(questions(clips, 2, random, prompts::question));
    sequences.addAll(questions(clips, 2, random, prompts::blindQuestion));
    return TextBatch.of(
        sequences.stream().map(sequence -> sequence.counting(WORDS)).toList(), padding());
  }

  private List<TextBatch.Sequence> questions(
      List<StreetClip> clips,
      int perClip,
      SplittableRandom random,
      Function<String, Prompt> prompt) {
    List<TextBatch.Sequence> sequences = new ArrayList<>();
    for (StreetClip clip : clips) {
      List<StreetQuestion> pool = pool(clip, random);
      for (int i = 0; i < perClip; i++) {
        StreetQuestion question = pool.get(random.nextInt(pool.size()));
        List<String> phrasings = question.phrasings();
        String asked = phrasings.get(random.nextInt(phrasings.size()));
        sequences.add(sequence(prompt.apply(asked), question.answer()));
      }
    }
    return sequences;
  }

  private List<StreetQuestion> pool(StreetClip clip, SplittableRandom random) {
    List<StreetQuestion> pool = new ArrayList<>();
    for (StreetQuestion question : balance.thin(grammar.questions(clip), random)) {
      // A clip has many questions of some families and seldom one of others; all are to be learnt.
      int copies =
          switch (question.family()) {
            case FIRST -> 20;
            case ENTER, LEAVE -> 14;
            case TOTAL -> 10;
            case DIRECTION, WHAT, COUNT -> 6;
            case COLOUR -> 4;
            case COLOUR_AND_KIND -> 3;
            case LIGHT_START, LIGHT_END, LIGHT_CHANGE, DAY, RAIN -> 2;
            case EXISTS -> 1;
          };
      for (int i = 0; i < copies; i++) {
        pool.add(question);
      }
    }
    return pool.isEmpty() ? grammar.questions(clip) : pool;
  }

  /**
   * Returns the caption of each clip and questions about the clip, one after another: the caption
   * contains many of the answers, which are what counts. A language model that has learnt to look
   * for what is asked finds it in what it sees, too.
   */
  TextBatch reading(List<StreetClip> clips, int perClip, SplittableRandom random) {
    List<TextBatch.Sequence> sequences = new ArrayList<>();
    for (StreetClip clip : clips) {
      TextBatch.Sequence sequence =
          TextBatch.Sequence.given(
              LongStream.concat(
                      LongStream.of(prompts.blindCaption().tokens()),
                      LongStream.of(prompts.continuation(caption.of(clip))))
                  .toArray());
      for (TextBatch.Sequence asked :
          questions(List.of(clip), perClip, random, prompts::blindQuestion)) {
        // All but the beginning of the sequence, which is there already.
        sequence = sequence.followedBy(asked.from(1));
      }
      sequences.add(sequence);
    }
    return TextBatch.of(sequences, padding());
  }

  /** Returns the caption of each clip, some of them as the answer to a question. */
  TextBatch captions(List<StreetClip> clips, SplittableRandom random) {
    List<TextBatch.Sequence> sequences = new ArrayList<>();
    for (StreetClip clip : clips) {
      sequences.add(sequence(asking(random), caption.of(clip)));
    }
    return TextBatch.of(sequences, padding());
  }

  private Prompt asking(SplittableRandom random) {
    List<String> questions = StreetCaption.QUESTIONS;
    return random.nextDouble() < ASKED
        ? prompts.question(questions.get(random.nextInt(questions.size())))
        : prompts.caption();
  }

  /** Returns captions of single frames as plain text, for the contrastive text tower. */
  TextBatch plain(List<String> captions) {
    return TextBatch.of(
        captions.stream().map(text -> TextBatch.Sequence.plain(tokenizer.encode(text))).toList(),
        padding());
  }

  String frameCaption(StreetClip clip, int second) {
    return caption.of(clip, second);
  }

  private TextBatch.Sequence sequence(Prompt prompt, String learnt) {
    return TextBatch.Sequence.learnt(prompt, prompts.continuation(learnt));
  }

  /** Returns the token behind the end of a sequence. */
  long padding() {
    return tokenizer.id(tokenizer.specialTokens().padding());
  }
}
