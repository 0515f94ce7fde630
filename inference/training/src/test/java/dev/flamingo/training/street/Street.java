package dev.flamingo.training.street;

import dev.flamingo.ingest.street.Actor;
import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.Track;
import java.util.List;

/** Clips by hand. */
final class Street {

  private Street() {}

  /** Returns a red light by day without rain. */
  static StreetClip of(Actor... actors) {
    return new StreetClip(List.of(actors), Light.RED, 0, false, false, 1);
  }

  /** Returns somebody who stands in the frame all the time. */
  static Actor standing(Colour colour, ActorKind kind, double x) {
    return new Actor(kind, colour, Track.FAR_LANE, x, 0, 1, false, 1);
  }

  /** Returns somebody who stays in the frame and goes to the right. */
  static Actor goingRight(Colour colour, ActorKind kind) {
    return new Actor(kind, colour, Track.FAR_LANE, 30, 4, 1, false, 1);
  }

  /** Returns somebody who comes into view from the left and is seen from second 5 on. */
  static Actor entering(Colour colour, ActorKind kind) {
    return new Actor(kind, colour, Track.FAR_LANE, 5 - 9 * 5 + kind.width() / 4, 9, 1, false, 1);
  }

  /** Returns somebody who is there at first and goes out of view to the left. */
  static Actor leaving(Colour colour, ActorKind kind) {
    return new Actor(kind, colour, Track.FAR_LANE, 36, -9, 1, false, 1);
  }

  /** Returns somebody who is never seen. */
  static Actor away(Colour colour, ActorKind kind) {
    return new Actor(kind, colour, Track.FAR_LANE, -200, 1, 1, false, 1);
  }
}
