package dev.flamingo.ingest.street;

/** What moves on the street. Sizes are pixels of a 96-pixel frame, speeds pixels per second. */
public enum ActorKind {
  /** A car. */
  CAR(22, 11.5, 6, 12, true),
  /** A bus. */
  BUS(38, 17, 5, 10, true),
  /** A truck. */
  TRUCK(32, 16.5, 5, 10, true),
  /** A cyclist. */
  BICYCLE(16, 15.5, 4, 8, true),
  /** A pedestrian. */
  PERSON(7.5, 17, 3.5, 6.5, false),
  /** A dog. */
  DOG(12.5, 9, 3.5, 7.5, false);

  private final double width;
  private final double height;
  private final double slowest;
  private final double fastest;
  private final boolean onRoad;

  ActorKind(double width, double height, double slowest, double fastest, boolean onRoad) {
    this.width = width;
    this.height = height;
    this.slowest = slowest;
    this.fastest = fastest;
    this.onRoad = onRoad;
  }

  /** Returns the usual width in pixels. */
  public double width() {
    return width;
  }

  /** Returns the usual height in pixels. */
  public double height() {
    return height;
  }

  /** Returns the lowest speed of one that moves. */
  public double slowest() {
    return slowest;
  }

  /** Returns the highest speed. */
  public double fastest() {
    return fastest;
  }

  /** Returns whether it keeps to the lanes; what does not keeps to the pavements. */
  public boolean onRoad() {
    return onRoad;
  }
}
