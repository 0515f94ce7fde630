package dev.flamingo.model.serving;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One graph in several fixed shapes, told apart by their first input. A run takes the smallest that
 * holds its rows.
 */
final class FixedShapes implements GraphSession {

  private final Map<Shape, NavigableMap<Integer, GraphSession>> sessions = new HashMap<>();
  private final GraphSession any;

  private FixedShapes(Map<Shape, GraphSession> graphs) {
    graphs.forEach(
        (shape, graph) ->
            sessions
                .computeIfAbsent(shape.slice(1), absent -> new TreeMap<>())
                .put(Math.toIntExact(shape.get(0)), graph));
    any = graphs.values().iterator().next();
  }

  /**
   * Loads graphs.
   *
   * @param files by the shape of their first input, at least one
   * @throws IOException if one cannot be loaded; then none stays
   */
  static FixedShapes load(Map<Shape, Path> files, GraphLoader loader) throws IOException {
    Map<Shape, GraphSession> graphs = new LinkedHashMap<>();
    try {
      for (Map.Entry<Shape, Path> file : files.entrySet()) {
        graphs.put(file.getKey(), loader.load(file.getValue()));
      }
      return new FixedShapes(graphs);
    } catch (IOException | RuntimeException e) {
      graphs.values().forEach(GraphSession::close);
      throw e;
    }
  }

  @Override
  public NDManager newManager() {
    return any.newManager();
  }

  @Override
  public int most(long... row) {
    return sizes(row).lastKey();
  }

  @Override
  public int filled(int rows, long... row) {
    Integer size = sizes(row).ceilingKey(rows);
    if (size == null) {
      throw new IllegalArgumentException(
          "%d rows are more than the %d that a run takes".formatted(rows, most(row)));
    }
    return size;
  }

  private NavigableMap<Integer, GraphSession> sizes(long... row) {
    NavigableMap<Integer, GraphSession> sizes = sessions.get(new Shape(row));
    if (sizes == null) {
      throw new IllegalArgumentException(
          "a row of %s is none of the shapes %s that this engine takes: set FLAMINGO_ENGINE=onnxruntime"
              .formatted(Arrays.toString(row), sessions.keySet()));
    }
    return sizes;
  }

  @Override
  public NDList run(NDList inputs) {
    Shape shape = inputs.head().getShape();
    int rows = Math.toIntExact(shape.get(0));
    long[] row = shape.slice(1).getShape();
    GraphSession graph = sizes(row).get(rows);
    if (graph == null) {
      throw new IllegalArgumentException(
          "%d rows are no batch of a fixed shape: fill them up to %d"
              .formatted(rows, filled(rows, row)));
    }
    return graph.run(inputs);
  }

  @Override
  public void close() {
    sessions.values().forEach(sizes -> sizes.values().forEach(GraphSession::close));
  }
}
