package dev.flamingo.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.nn.Activation;
import dev.flamingo.model.nn.CrossAttentionConfig;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.model.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskingHeadsTest {

  private static final List<AttributeHeads.Attribute> ATTRIBUTES =
      List.of(
          new AttributeHeads.Attribute("rain", "rain", 2, 1),
          new AttributeHeads.Attribute("kind", "kind", 4, 3));

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void headsThatKnowNothingGuessAmongTheClassesThereAre() {
    ParameterSource random = ParameterSource.random(1);
    ParameterSource ignorant =
        (name, init, shape) ->
            name.equals("weight")
                ? new HostTensor(shape, new float[2 * 8 * 4])
                : random.get(name, init, shape);

    double guessing = (Math.log(2) + 3 * Math.log(4)) / 4;

    assertThat(loss(ignorant, 1, 3, 0, 2)).isCloseTo((float) guessing, within(1e-5f));
  }

  @Test
  void anExampleIsToldByItsOwnTokens() {
    ParameterSource random = ParameterSource.random(1);

    assertThat(loss(random, 1, 3, 0, 2)).isNotEqualTo(loss(random, 0, 2, 1, 3));
  }

  @Test
  void whatIsAskedAlikeInTheSameWordsIsAnsweredAlike() {
    ParameterSource random = ParameterSource.random(1);
    ParameterSource alike =
        (name, init, shape) ->
            name.equals("queries")
                ? new HostTensor(shape, new float[2 * 8])
                : random.get(name, init, shape);
    List<AttributeHeads.Attribute> shared =
        List.of(
            new AttributeHeads.Attribute("colour car", "colour", 4, 1),
            new AttributeHeads.Attribute("colour bus", "colour", 4, 1));
    List<AttributeHeads.Attribute> own =
        List.of(
            new AttributeHeads.Attribute("colour car", "colour car", 4, 1),
            new AttributeHeads.Attribute("colour bus", "colour bus", 4, 1));

    float mirrored = loss(alike, shared, 2, 0, 3, 1);
    assertThat(loss(alike, shared, 0, 2, 1, 3)).isCloseTo(mirrored, within(1e-5f));
    assertThat(Math.abs(loss(alike, own, 0, 2, 1, 3) - loss(alike, own, 2, 0, 3, 1)))
        .isGreaterThan(1e-3f);
  }

  private float loss(ParameterSource source, long... truth) {
    return loss(source, ATTRIBUTES, truth);
  }

  private float loss(
      ParameterSource source, List<AttributeHeads.Attribute> attributes, long... truth) {
    AskingHeads heads =
        new AskingHeads(
            manager,
            new CrossAttentionConfig(1, 8, 2, 4, Activation.GELU),
            3,
            attributes,
            new EagerParameters(manager, source));
    float[] values = new float[2 * 3 * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    Tensor visual = new EagerTensor(manager.create(values, new Shape(2, 3, 8)));
    return heads.loss(visual, truth).getFloat();
  }
}
