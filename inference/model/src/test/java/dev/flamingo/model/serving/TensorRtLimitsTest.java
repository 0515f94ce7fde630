package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.TinyArchitectures;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.checkpoint.StoredWeights;
import dev.flamingo.model.onnx.AnswerShape;
import dev.flamingo.model.onnx.AnswerTokens;
import dev.flamingo.model.onnx.FixedGraphs;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.onnx.StaticGraph;
import dev.flamingo.model.onnx.TensorRtOperators;
import dev.flamingo.model.tensor.ParameterSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorRtLimitsTest {

  private static final ParameterSource RANDOM = ParameterSource.random(3);

  private final TensorRtLimits limits = new TensorRtLimits(new TensorRtOperators());

  @Test
  void everyGraphOfTheShippedModelIsWithinThem() throws IOException {
    Bundle bundle = Bundle.open(Path.of("bundles/street"));
    FlamingoConfig config = bundle.architecture();
    try (StoredWeights weights = bundle.weights()) {
      FlamingoGraphs graphs = new FlamingoGraphs(config, ParameterSource.of(weights));
      List<StaticGraph> all = FixedGraphs.of(config, anything(config)).all();
      assertThat(all).extracting(StaticGraph::fileName).doesNotHaveDuplicates();
      for (StaticGraph graph : all) {
        assertThat(limits.complaints(new FoldedGraph(graph).write(graphs)))
            .as(graph.fileName())
            .isEmpty();
      }
    }
  }

  static Set<String> architectures() {
    return new TreeSet<>(TinyArchitectures.all().keySet());
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyArchitectureIsWithinThem(String name) {
    FlamingoConfig config = Objects.requireNonNull(TinyArchitectures.all().get(name));
    FlamingoGraphs graphs = new FlamingoGraphs(config, RANDOM);
    List<StaticGraph> some =
        List.of(
            StaticGraph.frameEncoder(2),
            StaticGraph.resampler(2, 3),
            StaticGraph.visualKeysValues(2),
            StaticGraph.answers(new AnswerShape(2, 7, 3, 5), anything(config)));
    for (StaticGraph graph : some) {
      assertThat(limits.complaints(new FoldedGraph(graph).write(graphs)))
          .as(graph.fileName())
          .isEmpty();
    }
  }

  @Test
  void whatStepsIsNot() {
    FlamingoGraphs graphs = new FlamingoGraphs(TinyArchitectures.plain(), RANDOM);
    assertThat(limits.complaints(graphs.decoder()))
        .anyMatch(complaint -> complaint.startsWith("tokens has no fixed shape"))
        .anyMatch(complaint -> complaint.startsWith("past_key_0 has no fixed shape"))
        .anyMatch(complaint -> complaint.startsWith("logits has no fixed shape"));
  }

  @Test
  void kernelsThatAreComputedAreFound() {
    FlamingoGraphs graphs = new FlamingoGraphs(TinyArchitectures.plain(), RANDOM);
    assertThat(limits.complaints(StaticGraph.frameEncoder(1).write(graphs)))
        .isNotEmpty()
        .allMatch(complaint -> complaint.endsWith("Conv is restricted: constant 1"));
  }

  @Test
  void anOperatorThatIsNotListedIsFound() {
    assertThat(complaints(model(node("Hardmax", "y", "x"))))
        .containsExactly("y: operator Hardmax is not taken");
  }

  @Test
  void aTypeThatIsNotListedIsFound() {
    GraphProto.Builder whole =
        GraphProto.newBuilder()
            .setName("whole")
            .addInput(value("x", DataType.INT32, 2, 2))
            .addNode(node("MatMul", "y", "x", "x"))
            .addOutput(value("y", DataType.INT32, 2, 2));
    assertThat(complaints(whole)).hasSize(2).allMatch(it -> it.startsWith("y: Type[element=6"));
  }

  @Test
  void wideNumbersAtTheEndsAreFound() {
    GraphProto.Builder wide =
        GraphProto.newBuilder()
            .setName("wide")
            .addInput(value("x", DataType.INT64, 2, 2))
            .addNode(node("Neg", "y", "x"))
            .addOutput(value("y", DataType.INT64, 2, 2));
    assertThat(complaints(wide))
        .hasSize(2)
        .allMatch(it -> it.contains("no fixed shape of a narrow"));
  }

  @Test
  void aNumberBeyond32BitsIsFound() {
    GraphProto.Builder far =
        model(node("Slice", "y", "x", "zero", "far", "zero"))
            .addInitializer(integers("zero", 0))
            .addInitializer(integers("far", Long.MAX_VALUE));
    assertThat(complaints(far)).containsExactly("y: 9223372036854775807 does not fit 32 bits");
  }

  @Test
  void aRestrictionThatIsNotMetIsFound() {
    GraphProto.Builder computed =
        model(node("Neg", "axes", "zero"), node("Slice", "y", "x", "zero", "zero", "axes"))
            .addInitializer(integers("zero", 0));
    assertThat(complaints(computed)).contains("y: Slice is restricted: constant 3");
    GraphProto.Builder unchecked = model(einsum());
    assertThat(complaints(unchecked))
        .hasSize(1)
        .allMatch(it -> it.contains("Einsum is restricted"));
  }

  @Test
  void aLoopWhoseValuesGrowIsFoundAndSoIsWhatIsInIt() {
    GraphProto.Builder body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(value("turn", DataType.INT64))
            .addInput(value("goes_on", DataType.BOOL))
            .addInput(ValueInfoProto.newBuilder().setName("kept"))
            .addNode(node("Identity", "again", "goes_on"))
            .addNode(node("Hardmax", "one", "kept"))
            .addNode(
                node("Concat", "longer", "kept", "one").toBuilder()
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("axis")
                            .setType(AttributeType.INT)
                            .setI(0))
                    .build())
            .addOutput(ValueInfoProto.newBuilder().setName("again"))
            .addOutput(ValueInfoProto.newBuilder().setName("longer"));
    body.setInput(2, value("kept", DataType.FLOAT, -1, 2));
    NodeProto loop =
        node("Loop", "y", "three", "", "x").toBuilder()
            .addAttribute(
                AttributeProto.newBuilder().setName("body").setType(AttributeType.GRAPH).setG(body))
            .build();
    List<String> complaints = complaints(model(loop).addInitializer(integers("three", 3)));
    assertThat(complaints)
        .contains("one: operator Hardmax is not taken")
        .anyMatch(it -> it.startsWith("kept has no fixed shape"))
        .anyMatch(it -> it.startsWith("y: kept changes from"));
  }

  @Test
  void whatIsNoGraphIsSaidSo() {
    assertThat(limits.complaints(new byte[] {1, 2, 3})).hasSize(1);
  }

  private List<String> complaints(GraphProto.Builder graph) {
    return limits.complaints(
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build()
            .toByteArray());
  }

  private static GraphProto.Builder model(NodeProto... nodes) {
    GraphProto.Builder graph =
        GraphProto.newBuilder().setName("graph").addInput(value("x", DataType.FLOAT, 2, 2));
    for (NodeProto node : nodes) {
      graph.addNode(node);
    }
    return graph.addOutput(value("y", DataType.FLOAT, 2, 2));
  }

  private static NodeProto einsum() {
    AttributeProto.Builder equation =
        AttributeProto.newBuilder()
            .setName("equation")
            .setType(AttributeType.STRING)
            .setS(ByteString.copyFromUtf8("ij,jk->ik"));
    return node("Einsum", "y", "x", "x").toBuilder().addAttribute(equation).build();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static TensorProto integers(String name, long value) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(value).rewind();
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(DataType.INT64_VALUE)
        .addDims(1)
        .setRawData(ByteString.copyFrom(bytes))
        .build();
  }

  private static ValueInfoProto value(String name, DataType type, long... shape) {
    TensorShapeProto.Builder lengths = TensorShapeProto.newBuilder();
    for (long length : shape) {
      TensorShapeProto.Dimension.Builder dimension = lengths.addDimBuilder();
      if (length >= 0) {
        dimension.setDimValue(length);
      }
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(lengths);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static AnswerTokens anything(FlamingoConfig config) {
    int vocabulary = config.language().vocabulary();
    boolean[] ends = new boolean[vocabulary];
    ends[2] = true;
    return new AnswerTokens(new boolean[vocabulary], ends);
  }
}
