package dev.flamingo.model.onnx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The operators that the ONNX parser of TensorRT 8.6 takes; the list names its source. */
public final class TensorRtOperators {

  private static final String LIST = "tensorrt-8.6-operators.tsv";

  private final Map<String, Operator> operators = new HashMap<>();

  /**
   * An operator.
   *
   * @param types what its inputs may be: {@code FP32}, {@code INT32}, {@code BOOL} and others
   * @param restriction what else is asked, as the list puts it; empty where nothing is
   */
  public record Operator(Set<String> types, String restriction) {}

  /** Reads the list. */
  public TensorRtOperators() {
    InputStream list = Objects.requireNonNull(TensorRtOperators.class.getResourceAsStream(LIST));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(LIST), e);
    }
  }

  private void add(String line) {
    String[] columns = line.split("\t", -1);
    operators.put(
        columns[0],
        new Operator(Set.of(columns[1].split(" ")), columns.length > 2 ? columns[2] : ""));
  }

  /** Returns what is said of an operator; empty if it is not taken. */
  public Optional<Operator> get(String operator) {
    return Optional.ofNullable(operators.get(operator));
  }
}
