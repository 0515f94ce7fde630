package dev.flamingo.ingest.street;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/** What stands still: sky, houses, trees, pavements and the road with its dashes. */
final class Backdrop {

  private static final int MARGIN = 4;
  private static final Color[] WALLS = {
    new Color(0xB9A48C),
    new Color(0xA9988E),
    new Color(0x9AA5AD),
    new Color(0xC2B7A3),
    new Color(0x8F8D94),
    new Color(0xB08E7C)
  };

  private final long look;
  private final boolean night;

  Backdrop(long look, boolean night) {
    this.look = look;
    this.night = night;
  }

  /** Draws it, a little beyond the frame's edges, so that the camera may shake. */
  void paint(Graphics2D g) {
    SplittableRandom random = new SplittableRandom(look);
    Color high = night ? new Color(0x141A30) : new Color(0x8FBCE6);
    Color low = night ? new Color(0x2B3350) : new Color(0xD5E6F2);
    g.setPaint(new GradientPaint(0, 0, high, 0, 34, low));
    g.fill(new Rectangle2D.Double(-MARGIN, -MARGIN, 96 + 2 * MARGIN, 50));
    houses(g, random);
    fill(g, new Color(0xA7A39B), new Rectangle2D.Double(-MARGIN, 44, 96 + 2 * MARGIN, 12));
    fill(g, new Color(0x7E7B76), new Rectangle2D.Double(-MARGIN, 55, 96 + 2 * MARGIN, 1.5));
    fill(g, new Color(0x5A5C62), new Rectangle2D.Double(-MARGIN, 56.5, 96 + 2 * MARGIN, 27));
    double dash = random.nextDouble(0, 12);
    for (double x = -MARGIN - dash; x < 100; x += 12) {
      fill(g, new Color(0xD8D6CC), new Rectangle2D.Double(x, 69, 6, 1.2));
    }
    fill(g, new Color(0x7E7B76), new Rectangle2D.Double(-MARGIN, 83.5, 96 + 2 * MARGIN, 1.5));
    fill(g, new Color(0xB1ADA4), new Rectangle2D.Double(-MARGIN, 85, 96 + 2 * MARGIN, 16));
    int trees = random.nextInt(1, 4);
    for (int i = 0; i < trees; i++) {
      tree(g, random.nextDouble(2, 78), random.nextDouble(.8, 1.15), random);
    }
  }

  private void houses(Graphics2D g, SplittableRandom random) {
    double x = -MARGIN - random.nextDouble(0, 10);
    while (x < 100) {
      double width = random.nextDouble(16, 30);
      double top = random.nextDouble(4, 20);
      fill(g, WALLS[random.nextInt(WALLS.length)], new Rectangle2D.Double(x, top, width, 45 - top));
      Color roof = new Color(0x6C5B55);
      fill(g, roof, new Rectangle2D.Double(x - .5, top - 1.5, width + 1, 2));
      for (double y = top + 4; y < 36; y += 8) {
        for (double left = x + 3; left < x + width - 4; left += 6.5) {
          boolean lit = random.nextDouble() < .4;
          Color dark = new Color(0x59646F);
          Color glass = night && lit ? new Color(0xF4D58A) : dark;
          fill(g, glass, new Rectangle2D.Double(left, y, 3.2, 4.4));
        }
      }
      x += width + random.nextDouble(0, 3);
    }
  }

  private static void tree(Graphics2D g, double x, double size, SplittableRandom random) {
    fill(g, new Color(0x5D4632), new Rectangle2D.Double(x - 1, 47 - 14 * size, 2, 14 * size));
    Color[] leaves = {new Color(0x4F7349), new Color(0x5F8053)};
    for (int i = 0; i < 5; i++) {
      double radius = size * random.nextDouble(3, 5);
      double dx = random.nextDouble(-4, 4);
      double dy = random.nextDouble(-5, 3);
      fill(
          g,
          leaves[i % 2],
          new Ellipse2D.Double(
              x + dx - radius, 47 - 17 * size + dy - radius, 2 * radius, 2 * radius));
    }
  }

  private static void fill(Graphics2D g, Color colour, java.awt.Shape shape) {
    g.setColor(colour);
    g.fill(shape);
  }
}
