package dev.flamingo.standalone.cli;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerWindow;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.standalone.Installation;
import dev.flamingo.standalone.video.VideoAnswers;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "caption", description = "Describes a video file, one caption per window.")
final class CaptionCommand implements Callable<Integer> {

  @Mixin private final ModelOption model;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "VIDEO", description = "a file or an address")
  private String video;

  @Option(names = "--json", description = "print every caption as a line of JSON")
  private boolean json;

  CaptionCommand(Installation installation) {
    model = new ModelOption(installation);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    JsonSerde<Answer> serde = new JsonSerde<>(Answer.class);
    try (FlamingoEngine engine = model.engine()) {
      new VideoAnswers(engine, video)
          .caption(
              caption -> {
                out.println(
                    json
                        ? new String(serde.write(caption), StandardCharsets.UTF_8)
                        : line(caption));
                out.flush();
              });
    }
    return 0;
  }

  private static String line(Answer caption) {
    AnswerWindow window = Objects.requireNonNull(caption.window());
    return "%5d s to %d s  %s"
        .formatted(window.from().getEpochSecond(), window.to().getEpochSecond(), caption.text());
  }
}
