package dev.flamingo.training.street;

/** Kinds of questions about the street, which are evaluated apart. */
public enum QuestionFamily {
  /** What colour something has. */
  COLOUR,
  /** What has a colour. */
  WHAT,
  /** Where something goes. */
  DIRECTION,
  /** How many of a kind there are. */
  COUNT,
  /** How many things there are in all. */
  TOTAL,
  /** Whether there is one of a kind, or anything of a colour. */
  EXISTS,
  /** Whether there is one of a kind in a colour. */
  COLOUR_AND_KIND,
  /** The light at the window's first frame. */
  LIGHT_START,
  /** The light at its last. */
  LIGHT_END,
  /** Whether the light changed. */
  LIGHT_CHANGE,
  /** Day or night. */
  DAY,
  /** Whether it rains. */
  RAIN,
  /** What came into view first. */
  FIRST,
  /** What came into view. */
  ENTER,
  /** What went out of view. */
  LEAVE
}
