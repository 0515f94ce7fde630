package dev.flamingo.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes results for people: a row a line, the fields of the JSON as columns. */
public final class TableWriter {

  private final ObjectMapper json = new ObjectMapper();
  private final PrintWriter out;

  /** Makes a writer. */
  public TableWriter(PrintWriter out) {
    this.out = out;
  }

  /** Writes when and where is measured. */
  public void head(BenchReport report) {
    Machine machine = report.machine();
    out.printf("date     %s%n", report.date());
    out.printf(
        "machine  %s, %d cores, %d MiB, %s%n",
        machine.cpu(), machine.cores(), machine.memoryMib(), machine.os());
    out.printf("jvm      %s, heap %d MiB%n", machine.jvm(), machine.heapMib());
    out.printf("model    %s, weights %s%n", report.model(), report.weights());
    if (report.quick()) {
      out.println("quick    the figures below only show that everything works");
    }
    out.flush();
  }

  /** Writes what a section found. */
  public void section(Section section, SectionResult result) {
    out.printf("%n%s: %s%n", section.name(), section.title());
    List<List<String>> lines = new ArrayList<>();
    for (Record row : result.rows()) {
      JsonNode fields = json.valueToTree(row);
      if (lines.isEmpty()) {
        lines.add(fields.properties().stream().map(Map.Entry::getKey).map(this::words).toList());
      }
      lines.add(fields.properties().stream().map(Map.Entry::getValue).map(this::cell).toList());
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        int at = column;
        int width = lines.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        text.append("  ").append(("%" + width + "s").formatted(line.get(column)));
      }
      out.println(text);
    }
    result.notes().forEach(note -> out.printf("  * %s%n", note));
    out.flush();
  }

  /** Returns the words of a field's name: framesPerSecond is "frames per second". */
  private String words(String field) {
    return field.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private String cell(JsonNode value) {
    if (value.isNull()) {
      return "-";
    }
    if (!value.isFloatingPointNumber()) {
      return value.asText();
    }
    double number = value.asDouble();
    return String.format(Locale.ROOT, Math.abs(number) < 10 ? "%.3f" : "%.1f", number);
  }
}
