package dev.flamingo.standalone.cli;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerWindow;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.standalone.video.VideoAnswers;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "caption",
    description = "Describes a video, one caption per window; a camera until it hangs up.")
final class CaptionCommand implements Callable<Integer> {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  @Mixin private final ConfigOption config;

  @Mixin private final ModelOption model;

  @Mixin private final SourcesOption sources;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "VIDEO",
      description = "a file, an address, or the name of one of the sources")
  private String video;

  @Option(names = "--json", description = "print every caption as a line of JSON")
  private boolean json;

  CaptionCommand(Home home) {
    config = new ConfigOption(home);
    model = new ModelOption(config);
    sources = new SourcesOption(config);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    JsonSerde<Answer> serde = new JsonSerde<>(Answer.class);
    String uri = sources.named(video).uri();
    try (FlamingoEngine engine = model.engine()) {
      FamiliarityWarning warning = new FamiliarityWarning(engine.familiarity());
      new VideoAnswers(engine, uri, InstantSource.system(), System::nanoTime)
          .caption(
              caption -> {
                out.println(
                    json
                        ? new String(serde.write(caption.answer()), StandardCharsets.UTF_8)
                        : line(caption));
                out.flush();
                warning.of(caption.answer()).ifPresent(spec.commandLine().getErr()::println);
              });
    }
    return 0;
  }

  private static String line(VideoAnswers.Caption caption) {
    Answer answer = caption.answer();
    AnswerWindow window = Objects.requireNonNull(answer.window());
    return caption.live()
        ? "%s to %s  %s".formatted(time(window.from()), time(window.to()), answer.text())
        : "%5d s to %d s  %s"
            .formatted(window.from().getEpochSecond(), window.to().getEpochSecond(), answer.text());
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }
}
