package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The nodes of a graph that depend on parameters alone, apart from the others: each value that the
 * others read of them can be computed by itself, so that no more than its own parameters are needed
 * at a time.
 */
final class ConstantNodes {

  private final Map<String, NodeProto> makers = new LinkedHashMap<>();
  private final List<NodeProto> others = new ArrayList<>();

  /**
   * Divides nodes.
   *
   * @param nodes in their order
   * @param parameters names of all values that do not change
   */
  ConstantNodes(List<NodeProto> nodes, Set<String> parameters) {
    Set<String> constants = new HashSet<>(parameters);
    for (NodeProto node : nodes) {
      if (node.getInputCount() > 0
          && constants.containsAll(node.getInputList())
          && node.getAttributeList().stream().noneMatch(AttributeProto::hasG)) {
        node.getOutputList().forEach(output -> makers.put(output, node));
        constants.addAll(node.getOutputList());
      } else {
        others.add(node);
      }
    }
  }

  /** Returns the nodes that depend on inputs. */
  List<NodeProto> others() {
    return others;
  }

  /** Returns the names of the values that those nodes read of constant ones. */
  List<String> values() {
    Set<String> read = OnnxGraph.readBy(others);
    return makers.keySet().stream().filter(read::contains).toList();
  }

  /** Returns a graph that computes such a value, without its parameters. */
  GraphProto.Builder graphOf(String value) {
    Set<NodeProto> needed = new LinkedHashSet<>();
    Deque<String> wanted = new ArrayDeque<>(List.of(value));
    while (!wanted.isEmpty()) {
      NodeProto maker = makers.get(wanted.pop());
      if (maker != null && needed.add(maker)) {
        wanted.addAll(maker.getInputList());
      }
    }
    GraphProto.Builder graph = GraphProto.newBuilder().setName("constant");
    // In the order in which they were written.
    new LinkedHashSet<>(makers.values()).stream().filter(needed::contains).forEach(graph::addNode);
    return graph.addOutput(ValueInfoProto.newBuilder().setName(Objects.requireNonNull(value)));
  }
}
