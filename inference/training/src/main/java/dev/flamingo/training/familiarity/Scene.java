package dev.flamingo.training.familiarity;

import java.awt.Graphics2D;
import java.util.Random;

/** Draws something that is no street. */
@FunctionalInterface
interface Scene {

  /** Width of the picture that is drawn on. */
  int WIDTH = 320;

  /** Its height. */
  int HEIGHT = 240;

  /**
   * Draws a second of it.
   *
   * @param canvas white, {@link #WIDTH} by {@link #HEIGHT}
   * @param second since it began
   * @param random the same for all seconds of a clip
   */
  void draw(Graphics2D canvas, int second, Random random);
}
