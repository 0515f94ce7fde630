package dev.flamingo.standalone.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How many streams the job holds: steps up until it is too late for a limit. */
final class StreamsSection implements Section {

  private static final double ASKABLE_MS = 2_000;
  private static final double ANSWERED_MS = 1_000;
  private static final int STEP = 100;
  private static final int MOST = 2_000;

  /** How long each step lasts. A window of the history takes eight seconds to fill. */
  private record Pace(Duration warmUp, Duration time) {}

  @Override
  public String name() {
    return "streams";
  }

  @Override
  public String title() {
    return "streams at 1 frame/s with captions every 8 s and 10 questions/s, until p99 is above"
        + " 2 s to be askable or 1 s to be answered";
  }

  @Override
  public SectionResult run(BenchSettings settings) throws Exception {
    int[] steps =
        settings.quick()
            ? new int[] {2}
            : IntStream.concat(
                    IntStream.of(STEP / 2), IntStream.iterate(STEP, n -> n <= MOST, n -> n + STEP))
                .toArray();
    Pace pace =
        settings.quick()
            ? new Pace(Duration.ZERO, Duration.ofSeconds(10))
            : new Pace(Duration.ofSeconds(20), Duration.ofSeconds(40));
    List<StreamsRow> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    settings.progress().accept("streams: starting kafka and the job");
    try (LoadedJob job = new LoadedJob(settings)) {
      for (int streams : steps) {
        settings.progress().accept("streams: %d streams".formatted(streams));
        LoadTally tally = job.measure(streams, pace.warmUp(), pace.time());
        boolean holds = holds(tally);
        rows.add(new StreamsRow(streams, tally, holds));
        if (!holds) {
          break;
        }
        notes = List.of("holds %d streams".formatted(streams));
      }
    }
    return new SectionResult(rows, notes);
  }

  private static boolean holds(LoadTally tally) {
    return tally.askableP99Ms() <= ASKABLE_MS
        && tally.questionP99Ms() <= ANSWERED_MS
        && tally.failed() == 0
        && tally.unanswered() == 0;
  }
}
