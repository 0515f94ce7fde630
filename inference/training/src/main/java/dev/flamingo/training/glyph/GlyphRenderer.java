package dev.flamingo.training.glyph;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.SplittableRandom;

/**
 * Draws glyphs, each alone before a pale or dark background.
 *
 * <p>Not thread-safe.
 */
public final class GlyphRenderer {

  private static final double TURN = Math.toRadians(25);
  private static final int GRAIN = 9;

  private final int size;
  private final BufferedImage picture;
  private final byte[] bgr;

  /**
   * Makes a renderer.
   *
   * @param size side of the square pictures in pixels
   */
  public GlyphRenderer(int size) {
    this.size = size;
    picture = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
    bgr = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
  }

  /**
   * Draws a picture.
   *
   * @param rgb receives {@code size * size} pixels of three bytes: red, green, blue
   */
  public void render(Glyph glyph, byte[] rgb) {
    SplittableRandom random = new SplittableRandom(glyph.look());
    Graphics2D g = picture.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      background(g, random);
      thing(g, glyph.kind(), random);
    } finally {
      g.dispose();
    }
    for (int i = 0; i < rgb.length; i += 3) {
      int grain = random.nextInt(GRAIN) - GRAIN / 2;
      rgb[i] = level(bgr[i + 2], grain);
      rgb[i + 1] = level(bgr[i + 1], grain);
      rgb[i + 2] = level(bgr[i], grain);
    }
  }

  private void background(Graphics2D g, SplittableRandom random) {
    float hue = random.nextInt(360) / 360f;
    float saturation = random.nextInt(20) / 100f;
    // Neither as bright as white glyphs nor of the middle grey of second colours.
    float brightness = random.nextBoolean() ? .12f : .72f;
    Color from = Color.getHSBColor(hue, saturation, brightness);
    Color to = Color.getHSBColor(hue, saturation, brightness + random.nextInt(12) / 100f);
    g.setPaint(new GradientPaint(0, 0, from, random.nextInt(size), size, to));
    g.fill(new Rectangle2D.Double(0, 0, size, size));
  }

  private void thing(Graphics2D g, GlyphKind kind, SplittableRandom random) {
    double radius = size * random.nextDouble(.26, .4);
    double room = size / 2.0 - radius;
    AffineTransform place = new AffineTransform();
    place.translate(
        size / 2.0 + random.nextDouble(-room, room), size / 2.0 + random.nextDouble(-room, room));
    place.rotate(random.nextDouble(-TURN, TURN));
    place.scale(radius, radius * random.nextDouble(.9, 1.1));
    Shape outline = kind.shape().outline(place);
    double hue = random.nextDouble(-.012, .012);
    double shade = random.nextDouble(.94, 1.06);
    g.setColor(kind.colour().shade(hue, shade));
    g.fill(outline);
    g.clip(outline);
    g.transform(place);
    g.setColor(kind.colour().shade(hue, shade * .45));
    kind.texture().paint(g);
  }

  private static byte level(byte value, int grain) {
    return (byte) Math.max(0, Math.min(255, (value & 0xFF) + grain));
  }
}
