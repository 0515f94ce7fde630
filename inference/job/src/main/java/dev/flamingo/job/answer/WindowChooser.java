package dev.flamingo.job.answer;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the window that a question is about. It depends on the question and on the windows up to
 * its timestamp alone, not on what came later: so a replay of the log finds the same one.
 */
final class WindowChooser {

  /** Clocks of people and cameras differ a little: so far ahead a moment still means now. */
  private static final long FUTURE_MILLIS = 5_000;

  private final long recent;
  private final long stale;

  /**
   * Makes one.
   *
   * @param recent how old a moment may be, seen from the question, to be looked up among sliding
   *     windows
   * @param stale how old a window may be, seen from the moment that is asked about
   */
  WindowChooser(Duration recent, Duration stale) {
    this.recent = recent.toMillis();
    this.stale = stale.toMillis();
  }

  /** Returns the window to look at, or nothing where none was kept of that time. */
  Optional<WindowSpan> choose(List<WindowSpan> windows, AskedQuestion question) {
    long now = question.time();
    List<WindowSpan> known = windows.stream().filter(window -> window.to() <= now).toList();
    Long at = question.at();
    Long from = question.from();
    Long to = question.to();
    if (from != null && to != null) {
      return from > now + FUTURE_MILLIS
          ? Optional.empty()
          : range(known, Math.min(from, now), Math.min(to, now), now);
    }
    if (at != null) {
      return at > now + FUTURE_MILLIS ? Optional.empty() : moment(known, Math.min(at, now), now);
    }
    return newestAt(known.stream(), now);
  }

  /** Returns the window that an example of a question shows, or nothing where none was kept. */
  Optional<WindowSpan> choose(List<WindowSpan> windows, long from, long to, long now) {
    List<WindowSpan> known = windows.stream().filter(window -> window.to() <= now).toList();
    return from == to ? moment(known, from, now) : range(known, from, to, now);
  }

  private Optional<WindowSpan> moment(List<WindowSpan> windows, long at, long now) {
    if (at >= now - recent) {
      return newestAt(windows.stream(), at);
    }
    return history(windows)
        .filter(window -> window.contains(at))
        .findFirst()
        .or(() -> newestAt(windows.stream(), at));
  }

  private Optional<WindowSpan> range(List<WindowSpan> windows, long from, long to, long now) {
    Stream<WindowSpan> sliding =
        to >= now - recent ? newestAt(windows.stream(), to).stream() : Stream.of();
    return Stream.concat(history(windows), sliding)
        .filter(window -> window.overlap(from, to) > 0)
        .max(
            Comparator.<WindowSpan>comparingLong(window -> window.overlap(from, to))
                .thenComparingLong(WindowSpan::to));
  }

  private Optional<WindowSpan> newestAt(Stream<WindowSpan> windows, long moment) {
    return windows
        .filter(window -> window.to() <= moment && window.to() >= moment - stale)
        .max(Comparator.comparingLong(WindowSpan::to));
  }

  private static Stream<WindowSpan> history(List<WindowSpan> windows) {
    return windows.stream().filter(WindowSpan::history);
  }
}
