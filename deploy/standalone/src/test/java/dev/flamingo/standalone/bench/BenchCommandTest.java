package dev.flamingo.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.flamingo.standalone.cli.FlamingoCommand;
import dev.flamingo.standalone.cli.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every section for real, in its smallest form; what its figures are is not looked at. */
class BenchCommandTest {

  private static final Path BUNDLE = Path.of("../../inference/model/bundles/street");
  private static final Path CACHE = Path.of("target/bench");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line =
        FlamingoCommand.create(
            new Home(
                Path.of("nowhere"),
                Path.of("target"),
                Map.of("FLAMINGO_BUNDLE", BUNDLE.toString(), "FLAMINGO_CACHE", CACHE.toString())));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private JsonNode rows(String section) throws IOException {
    assertThat(run("bench", section, "--quick", "--json")).as(err.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(Instant.parse(report.get("date").asText())).isAfter(Instant.EPOCH);
    assertThat(names(report.get("machine")))
        .containsExactly("cpu", "cores", "memoryMib", "heapMib", "jvm", "os");
    assertThat(report.get("model").asText()).startsWith("street@");
    assertThat(report.get("weights").asText()).isEqualTo("blocks8");
    assertThat(report.get("quick").asBoolean()).isTrue();
    JsonNode result = report.get("sections").get(section);
    assertThat(result.get("notes").isArray()).isTrue();
    assertThat(err.toString()).contains(section + ": ");
    return result.get("rows");
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void positive(JsonNode rows, String... fields) {
    for (JsonNode row : rows) {
      for (String field : fields) {
        assertThat(row.get(field).asDouble()).as("%s of %s", field, row).isPositive();
      }
    }
  }

  @Test
  void encodersAreComparedWithAMatrixProduct() throws IOException {
    JsonNode rows = rows("encode");
    assertThat(rows.findValuesAsText("encoder"))
        .startsWith("street", "street", "street")
        .endsWith("nfnet-wide", "nfnet-wide", "nfnet-wide")
        .hasSize(9);
    assertThat(rows.findValuesAsText("weights"))
        .containsExactly("fp32", "fp32", "fp32", "fp32", "fp32", "fp32", "int8", "int8", "int8");
    assertThat(rows.findValuesAsText("batch"))
        .containsExactly("1", "8", "32", "1", "8", "32", "1", "8", "32");
    assertThat(names(rows.get(0)))
        .containsExactly(
            "encoder",
            "weights",
            "imageSize",
            "batch",
            "framesPerSecond",
            "gflopsPerFrame",
            "gflopsPerSecond",
            "peakGflopsPerSecond",
            "shareOfPeak");
    positive(rows, "framesPerSecond", "gflopsPerFrame", "peakGflopsPerSecond", "shareOfPeak");
  }

  @Test
  void aCachedWindowCostsNoEncodingHoweverManyAsk() throws IOException {
    JsonNode rows = rows("ask");
    assertThat(names(rows.get(0)))
        .containsExactly(
            "questions",
            "windows",
            "firstTokenMs",
            "answerMs",
            "questionsPerSecond",
            "encodes",
            "resamples",
            "keyValueBuilds",
            "againFirstTokenMs",
            "againAnswerMs",
            "againEncodes",
            "againResamples",
            "againKeyValueBuilds",
            "timesCheaper");
    for (JsonNode row : rows) {
      assertThat(row.get("encodes").asLong()).isZero();
      assertThat(row.get("resamples").asLong()).isZero();
      assertThat(row.get("keyValueBuilds").asLong()).isZero();
      long questions = row.get("questions").asLong();
      assertThat(row.get("againEncodes").asLong()).isEqualTo(8 * questions);
      assertThat(row.get("againResamples").asLong()).isEqualTo(questions);
    }
    positive(rows, "firstTokenMs", "answerMs", "questionsPerSecond", "timesCheaper");
  }

  @Test
  void languageModelsAreComparedWithTheirMemory() throws IOException {
    JsonNode rows = rows("decode");
    assertThat(rows.findValuesAsText("model")).contains("street", "random-small").hasSize(24);
    assertThat(rows.findValuesAsText("weights")).contains("fp32", "int8", "blocks8", "blocks4");
    assertThat(names(rows.get(0)))
        .containsExactly(
            "model",
            "weights",
            "batch",
            "tokensPerSecond",
            "weightMib",
            "bandwidthGibps",
            "limitTokensPerSecond",
            "shareOfLimit");
    positive(rows, "tokensPerSecond", "weightMib", "bandwidthGibps", "shareOfLimit");
    ArrayNode compared = new ObjectMapper().createArrayNode();
    for (JsonNode row : rows) {
      if (row.has("oneCallMs")) {
        compared.add(row);
      }
    }
    assertThat(compared.findValuesAsText("model")).containsExactly("street", "street", "street");
    assertThat(compared.findValuesAsText("weights")).containsOnly("blocks8");
    assertThat(compared.findValuesAsText("batch")).containsExactly("1", "8", "32");
    positive(compared, "answersMs", "oneCallMs", "oneCallTimesFaster");
  }

  @Test
  void readersOfAVideoAreComparedByTheirProcessorTime() throws IOException {
    JsonNode rows = rows("sample");
    assertThat(rows.findValuesAsText("reader"))
        .containsExactly("ingest", "ffmpeg fps=1", "ffmpeg keyframes");
    assertThat(names(rows.get(0)))
        .containsExactly(
            "reader",
            "pictures",
            "pictureSize",
            "videoSeconds",
            "cpuSeconds",
            "videoSecondsPerCpuSecond",
            "timesFfmpeg");
    assertThat(rows.get(0).get("pictures").asInt()).isEqualTo(4);
    positive(rows, "pictures", "videoSeconds", "cpuSeconds");
  }

  @Test
  void manyClientsHearTheirAnswersThroughOneGateway() throws IOException {
    JsonNode rows = rows("fanout");
    assertThat(names(rows.get(0)))
        .containsExactly(
            "clients",
            "listening",
            "offeredPerSecond",
            "deliveredPerSecond",
            "lost",
            "p50Ms",
            "p99Ms",
            "maxMs",
            "serverCores",
            "clientCores");
    assertThat(rows.get(0).get("clients").asInt()).isEqualTo(20);
    assertThat(rows.get(0).get("listening").asInt()).isEqualTo(20);
    assertThat(rows.get(0).get("lost").asLong()).isZero();
    positive(rows, "offeredPerSecond", "deliveredPerSecond", "serverCores", "clientCores");
  }

  @Test
  void theJobIsFedWithStreamsAndQuestions() throws IOException {
    JsonNode rows = rows("streams");
    assertThat(names(rows.get(0)))
        .containsExactly(
            "streams",
            "frames",
            "framesDropped",
            "askableP50Ms",
            "askableP99Ms",
            "questions",
            "failed",
            "unanswered",
            "questionP50Ms",
            "questionP99Ms",
            "captions",
            "holds");
    assertThat(rows.get(0).get("streams").asInt()).isEqualTo(2);
    assertThat(rows.get(0).get("frames").asInt()).isEqualTo(20);
    assertThat(rows.get(0).get("questions").asInt()).isEqualTo(100);
    positive(rows, "askableP99Ms", "questionP99Ms", "captions");
  }

  @Test
  void aSoakTellsTheMemoryFromMinuteToMinute() throws IOException {
    JsonNode rows = rows("soak");
    assertThat(names(rows.get(0)))
        .containsExactly(
            "minute", "residentMib", "questions", "failed", "unanswered", "questionP99Ms");
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).get("minute").asDouble()).isZero();
    positive(rows, "residentMib", "questions");
  }

  @Test
  void aSectionThatIsNoneIsWrongUsage() {
    assertThat(run("bench", "encoder")).isEqualTo(2);
    assertThat(err.toString())
        .contains("there is no section 'encoder': choose among [encode, ask, decode, sample,");
    assertThat(run("bench", "soak", "--minutes", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--minutes 0 is below 1");
  }

  @Test
  void aLargeModelsWeightsAreHeldAgainstTargets() throws IOException {
    JsonNode rows = rows("weights");
    positive(rows, "value");
    assertThat(rows.findValuesAsText("figure"))
        .contains(
            "most memory of the first start",
            "disk, derived",
            "disk while deriving",
            "second start to the first token",
            "anonymous memory");
    List<JsonNode> aimedAt = new ArrayList<>();
    rows.forEach(
        row -> {
          assertThat(row.has("met")).isEqualTo(row.has("target"));
          if (row.has("target")) {
            aimedAt.add(row);
          }
        });
    assertThat(aimedAt)
        .hasSize(6)
        .allSatisfy(
            row -> {
              assertThat(names(row)).containsExactly("figure", "value", "unit", "target", "met");
              assertThat(row.get("met").asBoolean())
                  .isEqualTo(row.get("value").asDouble() <= row.get("target").asDouble());
            });
  }

  @Test
  void peopleReadATable() {
    assertThat(run("bench", "ask", "--quick")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("machine  ", "jvm ", "ask: ", "first token ms", "times cheaper");
  }
}
