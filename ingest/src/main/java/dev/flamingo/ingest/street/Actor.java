package dev.flamingo.ingest.street;

/**
 * Something on the street.
 *
 * @param track the strip it keeps to
 * @param start its middle at second 0, in pixels of a 96-pixel frame; may be outside
 * @param speed pixels per second, negative to the left
 * @param size its size as a multiple of the usual one
 * @param facesLeft where it looks when it stands still
 * @param look a seed for details of the drawing
 */
public record Actor(
    ActorKind kind,
    Colour colour,
    Track track,
    double start,
    double speed,
    double size,
    boolean facesLeft,
    int look) {

  /** The side of a frame in the units of positions and sizes. */
  public static final double FRAME = 96;

  /** Returns it on the way back: at second 0 where it is now at the last one. */
  Actor reversed(double last) {
    return new Actor(kind, colour, track, x(last), -speed, size, facesLeft, look);
  }

  /** Returns it standing where it is at a second. */
  Actor still(double second) {
    return new Actor(kind, colour, track, x(second), 0, size, facesLeft, look);
  }

  /** Returns it in another colour. */
  public Actor painted(Colour other) {
    return new Actor(kind, other, track, start, speed, size, facesLeft, look);
  }

  /** Returns its middle at a second. */
  public double x(double second) {
    return start + speed * second;
  }

  /** Returns its height above the ground, in the middle, from the top of the frame. */
  public double y() {
    return track.ground() - height() / 2;
  }

  /** Returns its width in pixels. */
  public double width() {
    return kind.width() * size * track.scale();
  }

  /** Returns its height in pixels. */
  public double height() {
    return kind.height() * size * track.scale();
  }

  /** Returns where it goes. */
  public Direction direction() {
    if (speed == 0) {
      return Direction.STILL;
    }
    return speed < 0 ? Direction.LEFT : Direction.RIGHT;
  }

  /** Returns how much of its width is inside the frame, 0 to 1. */
  public double visibleShare(double second) {
    double left = Math.max(0, x(second) - width() / 2);
    double right = Math.min(FRAME, x(second) + width() / 2);
    return Math.max(0, right - left) / width();
  }
}
