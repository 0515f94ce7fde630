package dev.flamingo.standalone.bench;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.FileHashes;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.AnswerRequest;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.VisualTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that serves a bundle and says, a word a line, how far it is: opened, spoke, answered.
 * Then it waits for its input to end, so that its memory can be read from outside.
 */
final class ServedBundle {

  static final String OPENED = "opened";
  static final String SPOKE = "spoke";
  static final String ANSWERED = "answered";

  private static final int ANSWERS = 20;
  private static final int TOKENS = 16;

  private ServedBundle() {}

  /**
   * Serves.
   *
   * @param arguments the bundle, the cache of graphs, visual tokens in a file, the quantisation and
   *     the bytes of weights from which on they are laid out ahead of time
   */
  public static void main(String[] arguments) throws IOException {
    Path cache = Path.of(arguments[1]);
    Bundle bundle = Bundle.open(Path.of(arguments[0]), FileHashes.keptIn(cache));
    EngineOptions options =
        EngineOptions.cachedIn(cache)
            .withQuantization(Quantization.valueOf(arguments[3]))
            .packingFrom(Long.parseLong(arguments[4]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (FlamingoEngine engine = FlamingoEngine.open(bundle, options)) {
      say(OPENED);
      VisualTokens window = VisualTokens.fromSafetensors(Files.readAllBytes(Path.of(arguments[2])));
      ask(engine, window, 1);
      say(SPOKE);
      for (int i = 0; i < ANSWERS; i++) {
        ask(engine, window, TOKENS);
      }
      say(ANSWERED);
      var unused = in.readLine();
    }
  }

  private static void ask(FlamingoEngine engine, VisualTokens window, int tokens) {
    AnswerRequest request = AnswerRequest.of(engine.prompts().caption(), window, tokens);
    var unused = engine.generator().generate(List.of(request));
  }

  private static void say(String word) {
    System.out.println(word);
    System.out.flush();
  }
}
