package dev.flamingo.ingest.street;

/** A strip of the street that actors keep to, from the back to the front. */
public enum Track {
  /** The pavement in front of the houses. */
  FAR_PAVEMENT(53, 1, false),
  /** The lane further away. */
  FAR_LANE(66, 1, true),
  /** The lane nearer to the camera. */
  NEAR_LANE(79, 1.1, true),
  /** The pavement nearest to the camera. */
  NEAR_PAVEMENT(93, 1.1, false);

  private final double ground;
  private final double scale;
  private final boolean road;

  Track(double ground, double scale, boolean road) {
    this.ground = ground;
    this.scale = scale;
    this.road = road;
  }

  /** Returns where wheels and feet stand, in pixels from the top of a 96-pixel frame. */
  public double ground() {
    return ground;
  }

  /** Returns how much larger things are here than at the back. */
  public double scale() {
    return scale;
  }

  /** Returns whether this is a lane. */
  public boolean road() {
    return road;
  }
}
