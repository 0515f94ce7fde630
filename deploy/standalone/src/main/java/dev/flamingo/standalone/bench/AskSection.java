package dev.flamingo.standalone.bench;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Questions on cached windows, against the same with encoding the frames for each. */
final class AskSection implements Section {

  /** So many questions at once, of so many windows. */
  private record Crowd(int questions, int windows) {}

  private static final List<Crowd> CROWDS =
      List.of(new Crowd(1, 1), new Crowd(10, 1), new Crowd(100, 1), new Crowd(100, 100));
  private static final List<Crowd> QUICK = List.of(new Crowd(1, 1), new Crowd(4, 2));

  @Override
  public String name() {
    return "ask";
  }

  @Override
  public String title() {
    return "questions on cached windows, against encoding the frames again for each";
  }

  @Override
  public SectionResult run(BenchSettings settings) throws Exception {
    List<Crowd> crowds = settings.quick() ? QUICK : CROWDS;
    int windows = crowds.stream().mapToInt(Crowd::windows).max().orElse(1);
    EngineOptions options =
        EngineOptions.cachedIn(settings.graphs())
            .withThreads(settings.threads())
            .withQuantization(settings.quantization());
    List<AskRow> rows = new ArrayList<>();
    try (FlamingoEngine engine = FlamingoEngine.open(Bundle.open(settings.bundle()), options)) {
      settings.progress().accept("ask: drawing and encoding %d windows".formatted(windows));
      Asking asking = new Asking(engine, windows, settings.nanoTime());
      for (Crowd crowd : crowds) {
        settings.progress().accept("ask: %d questions".formatted(crowd.questions()));
        List<Callable<AskSample>> sides =
            List.of(
                () -> asking.ask(crowd.questions(), crowd.windows(), /* again= */ false),
                () -> asking.ask(crowd.questions(), crowd.windows(), /* again= */ true));
        List<Samples<AskSample>> samples = settings.rounds("ask").alternate(sides);
        rows.add(row(crowd, samples.get(0), samples.get(1)));
      }
    }
    return new SectionResult(rows, List.of());
  }

  private static AskRow row(Crowd crowd, Samples<AskSample> cached, Samples<AskSample> again) {
    double seconds = cached.median(AskSample::seconds);
    return new AskRow(
        crowd.questions(),
        crowd.windows(),
        cached.median(AskSample::firstTokenMs),
        cached.median(AskSample::answerMs),
        crowd.questions() / seconds,
        cached.last().encodes(),
        cached.last().resamples(),
        cached.last().keyValueBuilds(),
        again.median(AskSample::firstTokenMs),
        again.median(AskSample::answerMs),
        again.last().encodes(),
        again.last().resamples(),
        again.last().keyValueBuilds(),
        again.median(AskSample::seconds) / seconds);
  }
}
