package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.onnx.AnswerTokens;
import java.util.Set;
import java.util.stream.Collectors;

/** Which tokens can stand in an answer: words, and the ends of a chunk and of a sequence. */
final class SpeakableTokens {

  private final Set<Long> ends;
  private final boolean[] barred;

  SpeakableTokens(Tokenizer tokenizer, int vocabulary) {
    SpecialTokens special = tokenizer.specialTokens();
    ends = Set.of(tokenizer.id(special.end()), tokenizer.id(special.endOfChunk()));
    Set<Long> others = special.all().stream().map(tokenizer::id).collect(Collectors.toSet());
    others.removeAll(ends);
    barred = new boolean[vocabulary];
    for (long id : others) {
      if (id < vocabulary) {
        barred[(int) id] = true;
      }
    }
  }

  /** Returns the same for a graph that chooses by itself. */
  AnswerTokens answerTokens() {
    boolean[] ending = new boolean[barred.length];
    for (int token = 0; token < ending.length; token++) {
      ending[token] = ends(token);
    }
    return new AnswerTokens(barred.clone(), ending);
  }

  int vocabulary() {
    return barred.length;
  }

  boolean isBarred(int token) {
    return barred[token];
  }

  boolean ends(int token) {
    return ends.contains((long) token);
  }
}
