package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets the convolutions of a graph compute in 8 bits: their kernels are kept so, their inputs and
 * outputs are brought into 8 bits of fixed ranges and back. All else stays in floating point, and
 * so do two kinds of convolutions: those of the graph's inputs, which have few channels, and those
 * of a whole picture's means (squeeze-and-excite), which have one pixel.
 */
public final class ConvolutionQuantizer {

  /**
   * Weights of a kernel below which bringing values into 8 bits and back costs about what products
   * of 8 bits save, over all convolutions.
   */
  private static final double LEAST_WEIGHTS = 512;

  private final ModelProto model;
  private final Map<String, TensorProto> constants;
  private final Set<NodeProto> convolutions = new LinkedHashSet<>();

  /**
   * Prepares to quantise a graph.
   *
   * @param model with the kernels of its convolutions as initializers
   */
  public ConvolutionQuantizer(ModelProto model) {
    this.model = model;
    GraphProto graph = model.getGraph();
    constants =
        graph.getInitializerList().stream()
            .collect(Collectors.toMap(TensorProto::getName, tensor -> tensor));
    Set<String> left =
        graph.getInputList().stream()
            .map(ValueInfoProto::getName)
            .collect(Collectors.toCollection(HashSet::new));
    Set<String> means = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("GlobalAveragePool") || isOf(means, node)) {
        means.addAll(node.getOutputList());
      } else if (isConvolution(node) && !left.contains(node.getInput(0))) {
        convolutions.add(node);
      }
    }
  }

  private boolean isOf(Set<String> values, NodeProto node) {
    return node.getInputCount() > 0
        && node.getInputList().stream()
            .allMatch(input -> values.contains(input) || constants.containsKey(input))
        && node.getInputList().stream().anyMatch(values::contains);
  }

  private boolean isConvolution(NodeProto node) {
    return node.getOpType().equals("Conv")
        && node.getInputCount() == 3
        && constants.containsKey(node.getInput(1))
        && constants.containsKey(node.getInput(2));
  }

  /** Returns the names of the values whose ranges are asked for; none if nothing is quantised. */
  public Set<String> activations() {
    Set<String> names = new LinkedHashSet<>();
    for (NodeProto convolution : convolutions) {
      names.add(convolution.getInput(0));
      names.add(convolution.getOutput(0));
    }
    return names;
  }

  /**
   * Returns whether 8 bits are faster: the kernels have hundreds of weights each, on average. Small
   * networks are slowed by what stands between their convolutions.
   */
  public boolean pays() {
    return convolutions.stream()
            .map(convolution -> Objects.requireNonNull(constants.get(convolution.getInput(1))))
            .mapToLong(ConvolutionQuantizer::weightsOfAKernel)
            .average()
            .orElse(0)
        >= LEAST_WEIGHTS;
  }

  private static long weightsOfAKernel(TensorProto kernels) {
    return kernels.getDimsList().stream().skip(1).reduce(1L, Math::multiplyExact);
  }

  /**
   * Returns the model in 8 bits.
   *
   * @param ranges of all {@link #activations}
   */
  public ModelProto quantize(Map<String, ActivationRange> ranges) {
    List<NodeProto> nodes = new ArrayList<>();
    Map<String, TensorProto> added = new LinkedHashMap<>();
    Set<String> coded = new HashSet<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (!convolutions.contains(node)) {
        nodes.add(node);
        continue;
      }
      Activation input = activation(node.getInput(0), ranges);
      Activation output = activation(node.getOutput(0), ranges);
      QuantizedKernels kernels =
          QuantizedKernels.of(
              node.getName(),
              Objects.requireNonNull(constants.get(node.getInput(1))),
              Objects.requireNonNull(constants.get(node.getInput(2))),
              input.range().scale());
      if (coded.add(input.name())) {
        nodes.add(input.node("QuantizeLinear", input.name(), input.codes()));
      }
      nodes.add(convolution(node, input, kernels, output));
      nodes.add(output.node("DequantizeLinear", output.codes(), output.name()));
      List.of(input, output)
          .forEach(value -> value.initializers().forEach(t -> added.put(t.getName(), t)));
      kernels.initializers().forEach(tensor -> added.put(tensor.getName(), tensor));
    }
    Set<String> read = OnnxGraph.readBy(nodes);
    GraphProto.Builder lean =
        model.getGraph().toBuilder().clearNode().clearInitializer().clearValueInfo();
    constants.values().stream()
        .filter(constant -> read.contains(constant.getName()))
        .forEach(lean::addInitializer);
    lean.addAllNode(nodes).addAllInitializer(added.values());
    return model.toBuilder().setGraph(lean).build();
  }

  private static Activation activation(String name, Map<String, ActivationRange> ranges) {
    return new Activation(
        name,
        Objects.requireNonNull(ranges.get(name), () -> "%s was never looked at".formatted(name)));
  }

  private static NodeProto convolution(
      NodeProto node, Activation input, QuantizedKernels kernels, Activation output) {
    return NodeProto.newBuilder()
        .setOpType("QLinearConv")
        .setName(node.getName())
        .addInput(input.codes())
        .addAllInput(input.coding())
        .addInput(kernels.kernels().getName())
        .addInput(kernels.scales().getName())
        .addInput(kernels.zeroes().getName())
        .addAllInput(output.coding())
        .addInput(kernels.bias().getName())
        .addOutput(output.codes())
        .addAllAttribute(node.getAttributeList())
        .build();
  }

  /** A value in floating point and in 8 bits. */
  private record Activation(String name, ActivationRange range) {

    String codes() {
      return name + ".codes";
    }

    List<String> coding() {
      return List.of(name + ".scale", name + ".zero");
    }

    List<TensorProto> initializers() {
      return List.of(
          QuantizedMatrix.tensor(name + ".scale", new float[] {range.scale()}),
          QuantizedMatrix.tensor(name + ".zero", DataType.UINT8, new byte[] {range.zero()}));
    }

    NodeProto node(String operator, String from, String to) {
      return NodeProto.newBuilder()
          .setOpType(operator)
          .setName(name + "." + operator)
          .addInput(from)
          .addAllInput(coding())
          .addOutput(to)
          .build();
    }
  }
}
