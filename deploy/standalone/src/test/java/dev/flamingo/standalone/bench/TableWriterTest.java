package dev.flamingo.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableWriterTest {

  private final StringWriter text = new StringWriter();
  private final TableWriter table = new TableWriter(new PrintWriter(text));

  private record Row(String side, int batch, double framesPerSecond) {}

  @Test
  void columnsAreTheRowsFieldsInWords() {
    table.section(
        new SampleSection(),
        new SectionResult(
            List.of(new Row("ours", 1, 1234.56), new Row("theirs", 32, 0.5)), List.of("a note")));
    assertThat(text.toString().lines())
        .containsExactly(
            "",
            "sample: seconds of video sampled once a second, by seconds of processors",
            "    side  batch  frames per second",
            "    ours      1             1234.6",
            "  theirs     32              0.500",
            "  * a note");
  }

  @Test
  void theHeadSaysWhenAndWhere() {
    Machine machine = new Machine("Abacus 3", 2, 1024, 256, "VM 17", "Linux 6");
    table.head(
        new BenchReport(Instant.EPOCH, machine, "street@abc", "int8", /* quick= */ true, Map.of()));
    assertThat(text.toString().lines())
        .containsExactly(
            "date     1970-01-01T00:00:00Z",
            "machine  Abacus 3, 2 cores, 1024 MiB, Linux 6",
            "jvm      VM 17, heap 256 MiB",
            "model    street@abc, weights int8",
            "quick    the figures below only show that everything works");
  }
}
