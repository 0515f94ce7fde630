package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.standalone.cli.FlamingoCommand;
import dev.flamingo.standalone.cli.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    CommandLine line =
        FlamingoCommand.create(new Home(Path.of("nowhere"), Path.of("target"), environment));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void wrongUsageEndsWithTwoAndASentence() {
    assertThat(run("ask")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("missing required parameters")
        .contains("see flamingo ask");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aPortThatIsNoneIsWrongUsage() {
    assertThat(run("demo", "--port", "99999")).isEqualTo(2);
    assertThat(err.toString()).contains("--port: '99999' is not a port: give 0 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "gateway"})
  void whatOthersCouldReachNeedsATokenOrSaysThatItNeedsNone(String command) {
    assertThat(run(command, "--host", "0.0.0.0")).isEqualTo(2);
    assertThat(err.toString()).contains("FLAMINGO_TOKEN", "--token-file", "--insecure");
  }

  @Test
  void aTokenFileThatCannotBeReadIsWrongUsage(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("token");
    assertThat(run("gateway", "--token-file", missing.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("cannot read the token file " + missing);
    assertThat(run("gateway", "--allow-host", "http://cam.example/")).isEqualTo(2);
    assertThat(run("gateway", "--trust-proxy", "cam.example")).isEqualTo(2);

    Files.writeString(missing, "two words");
    assertThat(run("gateway", "--token-file", missing.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("visible ASCII").doesNotContain("two words");
  }

  @Test
  void failureEndsWithOneAndASentence() {
    assertThat(run("ask", "video.mp4", "what is red?")).isEqualTo(1);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("bundle.json");
  }

  @Test
  void helpNamesEveryCommandThatWorks() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "demo", "ask", "caption", "job", "gateway", "train", "eval", "export", "ingest",
            "bench");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "doctor rtsp://u:secret@cam/x",
        "doctor --help",
        "import folder --out bundle --lm opt",
        "replay --bundle x",
        "history verify",
        "bench large --json",
        "bench history",
        "bench scale --quick",
        "eval watches --clips 3",
        "eval history"
      })
  void whatIsNotBuiltYetIsWrongUsageInOneSentence(String command) {
    assertThat(run(command.split(" "))).isEqualTo(2);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("is not built yet: see flamingo").doesNotContain("secret");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpNamesNothingThatIsNotBuiltYet() {
    assertThat(run("--help")).isZero();
    assertThat(run("bench", "--help")).isZero();
    assertThat(run("eval", "--help")).isZero();
    assertThat(out.toString()).doesNotContain("doctor", "import", "replay", "history", "watches");
  }

  @Test
  void aMomentThatIsNoneIsWrongUsage() {
    for (String at : List.of("-1", "NaN", "1e12")) {
      assertThat(run("ask", "video.mp4", "what is red?", "--at=" + at)).isEqualTo(2);
    }
    assertThat(err.toString()).contains("--at -1.0 is not between 0 and 31536000 seconds");
  }

  @Test
  void sourcesThatCannotBeReadAreOneSentence() {
    assertThat(run("caption", "door", "--sources", "nothing.txt")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "the sources in nothing.txt cannot be read: name a file with an address on each line");
  }

  @Test
  void credentialsOnTheCommandLineAreWarnedOfWithoutShowingThem() {
    assertThat(run("ask", "rtsp://admin:hunter2@cam/x?token=abc", "what is red?")).isEqualTo(1);
    assertThat(err.toString())
        .contains("warning: every user of this machine can read", "rtsp://***@cam/x?***")
        .doesNotContain("hunter2", "abc");
  }

  @Test
  void subcommandsExplainThemselvesToo() {
    assertThat(run("train", "street", "--help")).isZero();
    assertThat(run("eval", "vqav2", "--help")).isZero();
    assertThat(out.toString()).contains("--export", "--shots");
  }

  @Test
  void anExportNamesWhatItIsFor(@TempDir Path folder) {
    String street = Path.of("../../inference/model/bundles/street").toString();
    String out = folder.toString();
    assertThat(run("export", "--bundle", street, "--out", out, "--target", "tensorrt")).isZero();
    assertThat(out())
        .contains("answers-8x32-media-1-answer-32.onnx")
        .doesNotContain("decoder.onnx");
    assertThat(run("export", "--bundle", street, "--out", out)).isZero();
    assertThat(out()).contains("decoder-blocks8.onnx");
    assertThat(run("export", "--out", out, "--target", "tpu")).isEqualTo(2);
    assertThat(err.toString()).contains("'tpu' is no target: say onnxruntime or tensorrt");
  }

  @Test
  void anExportNamesHowItsWeightsAreKept(@TempDir Path folder) {
    String street = Path.of("../../inference/model/bundles/street").toString();
    String out = folder.toString();
    assertThat(run("export", "--bundle", street, "--out", out, "--quantize", "blocks4")).isZero();
    assertThat(out()).contains("decoder-blocks4.onnx", "frame-encoder.onnx");
    assertThat(run("export", "--out", "x", "--quantize", "int8", "--target", "tensorrt"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("--target tensorrt keeps weights as they are: leave out --quantize");
    for (String command : List.of("eval", "demo", "job", "bench", "export")) {
      assertThat(run(command, "--quantize", "int3")).isEqualTo(2);
    }
    assertThat(err.toString())
        .contains("'int3' is no quantization: say auto, none, int8, blocks8 or blocks4");
  }

  @Test
  void theEnvironmentSaysHowWeightsAreKeptAndTheCommandHasTheLastWord(@TempDir Path folder) {
    String street = Path.of("../../inference/model/bundles/street").toString();
    String[] export = {"export", "--bundle", street, "--out", folder.toString()};
    Map<String, String> none = Map.of("FLAMINGO_QUANTIZE", "none");
    assertThat(run(none, export)).isZero();
    assertThat(out()).contains("decoder.onnx");
    assertThat(err.toString()).contains("weights: none, as the setting quantize says");
    String[] named =
        Stream.concat(Stream.of(export), Stream.of("--quantize", "int8")).toArray(String[]::new);
    assertThat(run(none, named)).isZero();
    assertThat(out()).contains("decoder-int8.onnx");
    assertThat(run(Map.of("FLAMINGO_QUANTIZE", "int3"), export)).isEqualTo(2);
    assertThat(err.toString()).contains("FLAMINGO_QUANTIZE: 'int3' is no quantization: say auto,");
  }

  @Test
  void anEngineThatIsMissingIsSaidAndNoOtherIsTaken() {
    String street = Path.of("../../inference/model/bundles/street").toString();
    String[] caption = {"caption", "--bundle", street, "nothing.mp4"};
    assertThat(run(Map.of("FLAMINGO_DEVICE", "cuda"), caption)).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            """
            engine: onnxruntime on cuda, as the setting device says
            weights: none, which suits cuda
            this build of onnx runtime knows no cuda: build with mvn -Pgpu\
            """);
    assertThat(run(Map.of("FLAMINGO_ENGINE", "tensorrt"), caption)).isEqualTo(1);
    assertThat(run(Map.of("FLAMINGO_ENGINE", "abacus"), caption)).isEqualTo(2);
    assertThat(err.toString()).contains("build with mvn -Ptensorrt", "'abacus' is no engine");
    String[] bench = {"bench", "--bundle", street};
    assertThat(run(Map.of("FLAMINGO_DEVICE", "tensorrt"), bench)).isEqualTo(1);
    assertThat(err.toString()).contains("flamingo bench runs on the cpu alone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "job"})
  void aServiceSaysWhatItRunsOnAndDoesNotStartWithoutIt(String service) {
    String street = Path.of("../../inference/model/bundles/street").toString();
    assertThat(run(Map.of("FLAMINGO_DEVICE", "tensorrt"), service, "--bundle", street))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "engine: onnxruntime on tensorrt, as the setting device says",
            "this build of onnx runtime knows no tensorrt: build with mvn -Pgpu");
  }

  private String out() {
    String text = out.toString();
    out.getBuffer().setLength(0);
    return text;
  }

  @Test
  void trainingWithoutARecipeIsWrongUsage() {
    assertThat(run("train", "--out", "run")).isEqualTo(2);
    assertThat(err.toString()).startsWith("missing what to train");
  }

  @Test
  void aRecipeThatIsNotThereIsSaid() {
    assertThat(run("train", "nothing.json", "--out", "run")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("there is no recipe nothing.json: name a file");
  }

  @Test
  void anAblationRowThatIsUnknownIsWrongUsage() {
    assertThat(run("train", "ablation", "--out", "run", "--rows", "mlp,lmp")).isEqualTo(2);
    assertThat(err.toString()).contains("[mlp, lmp]", "round-robin");
  }
}
