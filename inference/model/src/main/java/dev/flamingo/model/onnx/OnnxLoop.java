package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop that is being written: values that every turn takes from the one before, in shapes that
 * never change. Nodes on {@linkplain #carry carried values} become its body.
 *
 * <p>Not thread-safe.
 */
final class OnnxLoop {

  private record Carried(String name, ElementType type, Object[] shape, OnnxTensor first) {}

  private final OnnxGraph around;
  private final OnnxGraph body;
  private final String name;
  private final List<Carried> carried = new ArrayList<>();

  /** Starts a loop in a graph. */
  OnnxLoop(OnnxGraph around, String name) {
    this.around = around;
    this.name = name;
    body = around.inner(name);
    body.input(name + "_turn", ElementType.INT64);
    body.input(name + "_goes_on", ElementType.BOOL);
  }

  /**
   * Carries a value from turn to turn.
   *
   * @param value the name that it has in the body
   * @param first what the first turn takes
   * @return what a turn takes
   */
  OnnxTensor carry(String value, ElementType type, OnnxTensor first, Object... shape) {
    carried.add(new Carried(value, type, shape, first));
    return body.input(value, type, shape);
  }

  /**
   * Ends the loop.
   *
   * @param most turns at most
   * @param begins whether there is a first turn, a single truth value
   * @param goesOn whether another turn follows, a single truth value of the body
   * @param next the carried values after a turn, in the order in which they were named
   * @return the carried values after the last turn
   */
  List<OnnxTensor> end(long most, OnnxTensor begins, OnnxTensor goesOn, List<OnnxTensor> next) {
    body.output(name + "_again", ElementType.BOOL, goesOn);
    List<OnnxTensor> inputs = new ArrayList<>(List.of(around.count(most), begins));
    for (int i = 0; i < carried.size(); i++) {
      Carried value = carried.get(i);
      inputs.add(value.first());
      body.output(value.name() + "_next", value.type(), next.get(i), value.shape());
    }
    AttributeProto attribute =
        AttributeProto.newBuilder()
            .setName("body")
            .setType(AttributeType.GRAPH)
            .setG(body.toProto())
            .build();
    return around.append("Loop", inputs, carried.size(), List.of(attribute));
  }
}
