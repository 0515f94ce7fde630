package dev.flamingo.standalone.cli;

import dev.flamingo.events.Answer;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.standalone.video.VideoAnswers;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "ask",
    description = {
      "Answers a question about a video file without any server.",
      "Of a camera it watches the next window, or the one that ends --at seconds from now."
    })
final class AskCommand implements Callable<Integer> {

  /** A year: no video is longer. */
  private static final long MOST_SECONDS = 31_536_000;

  @Mixin private final ConfigOption config;

  @Mixin private final ModelOption model;

  @Mixin private final SourcesOption sources;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "VIDEO",
      description = "a file, an address, or the name of one of the sources")
  private String video;

  @Parameters(index = "1", paramLabel = "QUESTION", description = "the question")
  private String question;

  @Option(
      names = "--at",
      paramLabel = "SECONDS",
      description =
          "the moment it asks about, in seconds from a recording's start or from now; default: the"
              + " recording's end, or a camera's next whole window")
  private @Nullable Double at;

  @Option(names = "--json", description = "print the whole answer as JSON")
  private boolean json;

  AskCommand(Home home) {
    config = new ConfigOption(home);
    model = new ModelOption(config);
    sources = new SourcesOption(config);
  }

  @Override
  public Integer call() throws Exception {
    Duration moment = at == null ? null : moment(at);
    Question.of("q-0", "video", question).check();
    String uri = sources.named(video).uri();
    try (FlamingoEngine engine = model.engine()) {
      Answer answer =
          new VideoAnswers(engine, uri, InstantSource.system(), System::nanoTime)
              .ask(question, Question.DEFAULT_MAX_TOKENS, moment);
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? toJson(answer) : answer.text());
      out.flush();
      new FamiliarityWarning(engine.familiarity())
          .of(answer)
          .ifPresent(spec.commandLine().getErr()::println);
    }
    return 0;
  }

  private Duration moment(double seconds) {
    if (!(seconds >= 0 && seconds <= MOST_SECONDS)) {
      throw new ParameterException(
          spec.commandLine(),
          "--at %s is not between 0 and %d seconds".formatted(at, MOST_SECONDS));
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static String toJson(Answer answer) {
    return new String(new JsonSerde<>(Answer.class).write(answer), StandardCharsets.UTF_8);
  }
}
