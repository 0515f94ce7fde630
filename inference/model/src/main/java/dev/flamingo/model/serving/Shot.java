package dev.flamingo.model.serving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An example to learn from in context.
 *
 * @param visual its own medium; null for a shot of text alone
 * @param cue what stands before the answer
 * @param answer what is right
 */
public record Shot(@Nullable VisualTokens visual, Cue cue, String answer) {

  /**
   * Returns a shot without its medium. Two of them are the paper's zero-shot prompt: they show the
   * form of an answer and nothing of the task.
   */
  public static Shot textOnly(Cue cue, String answer) {
    return new Shot(null, cue, answer);
  }

  /** Returns the same without its medium. */
  public Shot withoutMedium() {
    return new Shot(null, cue, answer);
  }

  /**
   * Returns the same shots in several random orders, for ensembling prompts.
   *
   * @param count how many orders; the paper takes 6
   */
  public static List<List<Shot>> orders(List<Shot> shots, int count, Random random) {
    List<List<Shot>> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Shot> order = new ArrayList<>(shots);
      Collections.shuffle(order, random);
      orders.add(order);
    }
    return orders;
  }
}
