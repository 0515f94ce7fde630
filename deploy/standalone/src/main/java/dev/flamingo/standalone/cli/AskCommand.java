package dev.flamingo.standalone.cli;

import dev.flamingo.events.Answer;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.standalone.Installation;
import dev.flamingo.standalone.video.VideoAnswers;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "ask", description = "Answers a question about a video file without any server.")
final class AskCommand implements Callable<Integer> {

  @Mixin private final ModelOption model;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "VIDEO", description = "a file or an address")
  private String video;

  @Parameters(index = "1", paramLabel = "QUESTION", description = "the question")
  private String question;

  @Option(
      names = "--at",
      paramLabel = "SECONDS",
      description = "the moment it asks about, in seconds from the start; default: the end")
  private @Nullable Double at;

  @Option(names = "--json", description = "print the whole answer as JSON")
  private boolean json;

  AskCommand(Installation installation) {
    model = new ModelOption(installation);
  }

  @Override
  public Integer call() throws Exception {
    Duration moment = at == null ? null : Duration.ofMillis(Math.round(at * 1000));
    Question.of("q-0", "video", question).check();
    try (FlamingoEngine engine = model.engine()) {
      Answer answer =
          new VideoAnswers(engine, video).ask(question, Question.DEFAULT_MAX_TOKENS, moment);
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? toJson(answer) : answer.text());
    }
    return 0;
  }

  private static String toJson(Answer answer) {
    return new String(new JsonSerde<>(Answer.class).write(answer), StandardCharsets.UTF_8);
  }
}
