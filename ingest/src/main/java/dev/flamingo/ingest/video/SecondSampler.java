package dev.flamingo.ingest.video;

/**
 * Chooses one picture for every second of presentation time: the first one shown within that second
 * or, where nothing new is shown, the one still on the screen. Seconds count from the first
 * picture.
 *
 * <p>Time that jumps (a wrapped clock, spliced recordings) goes on from where it was. Knows nothing
 * of video: pictures are offered by their timestamps, in presentation order.
 */
final class SecondSampler {

  private static final long SECOND = 1_000_000;

  private static final long HOUR = 3600 * SECOND;
  private static final long SHORTEST_STEP = 1_000;

  private final long longestStill;
  private boolean started;
  private boolean jump;
  private long offset;
  private long last;
  private long lastDuration;
  private long nextSecond;

  /**
   * Prepares to sample.
   *
   * @param longestStill microseconds that a picture may stay on the screen: a longer gap is a jump
   *     of the clock, unless the picture before it lasts about as long by its own duration
   */
  SecondSampler(long longestStill) {
    this.longestStill = longestStill;
  }

  /**
   * What to do at a picture.
   *
   * @param firstHeld the first second for which the picture before this one is taken again
   * @param held how many seconds take the picture before this one again
   * @param taken whether this picture is taken
   * @param micros this picture's continuous presentation time since the first picture
   */
  record Step(long firstHeld, int held, boolean taken, long micros) {}

  /**
   * Says what offering the next picture would give.
   *
   * @param timestamp microseconds, from any origin
   */
  Step look(long timestamp) {
    long at = started ? timestamp + offset : 0;
    if (jump || at <= last - SECOND || at - last > Math.max(longestStill, 3 * lastDuration)) {
      at = last + Math.max(SHORTEST_STEP, Math.min(lastDuration, SECOND));
    }
    long second = Math.floorDiv(at, SECOND);
    boolean taken = second >= nextSecond;
    return new Step(nextSecond, taken ? (int) (second - nextSecond) : 0, taken, at);
  }

  /**
   * Offers the next picture.
   *
   * @param timestamp microseconds, from any origin
   * @param duration microseconds it stays on the screen, 0 if unknown
   */
  Step offer(long timestamp, long duration) {
    Step step = look(timestamp);
    started = true;
    jump = false;
    offset = step.micros - timestamp;
    last = Math.max(last, step.micros);
    lastDuration = Math.min(duration, Math.max(longestStill, HOUR));
    if (step.taken) {
      nextSecond += step.held + 1;
    }
    return step;
  }

  /**
   * The last picture stays on the screen for its duration: the seconds that it fills at least half.
   */
  Step end() {
    long shownUntil = last + lastDuration;
    long from = nextSecond;
    while (started && !jump && shownUntil - nextSecond * SECOND >= SECOND / 2) {
      nextSecond++;
    }
    return new Step(from, (int) (nextSecond - from), /* taken= */ false, last);
  }

  /** The source starts over: the next picture follows the last one, whatever its timestamp. */
  void restart() {
    // At a whole second, so that the first picture of each round is taken.
    last = nextSecond * SECOND - SHORTEST_STEP;
    lastDuration = SHORTEST_STEP;
    jump = true;
  }
}
