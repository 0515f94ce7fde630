package dev.flamingo.ingest.street;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws frames of the street. The backdrop of the last clip is kept, so frames of a clip are best
 * drawn together.
 *
 * <p>Not thread-safe.
 */
public final class StreetRenderer {

  /** Where the lamp of the traffic light is, in pixels of a 96-pixel frame. */
  public static final double LAMP_X = 88;

  /** The height of the middle of its lamps. */
  public static final double LAMP_Y = 32;

  private static final double RED_Y = 29;
  private static final double GREEN_Y = 35;
  private static final double NIGHT_SHADE = 0.55;
  private static final int DROPS = 60;

  /** Hues that have no name: orange, lime, cyan, purple and pink. */
  private static final double[][] BETWEEN = {
    {.05, .09}, {.2, .29}, {.45, .54}, {.7, .81}, {.81, .93}
  };

  private final int size;
  private final BufferedImage backdrop;
  private final BufferedImage frame;
  private final byte[] bgr;
  private long backdropLook;
  private boolean backdropNight;
  private boolean backdropDrawn;

  /**
   * Makes a renderer.
   *
   * @param size side of the square frames in pixels
   */
  public StreetRenderer(int size) {
    this.size = size;
    int margin = margin();
    backdrop =
        new BufferedImage(size + 2 * margin, size + 2 * margin, BufferedImage.TYPE_3BYTE_BGR);
    frame = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
    bgr = ((DataBufferByte) frame.getRaster().getDataBuffer()).getData();
  }

  /**
   * Draws a frame of a clip.
   *
   * @param rgb receives {@code size * size} pixels of three bytes: red, green, blue
   */
  public void render(StreetClip clip, int second, byte[] rgb) {
    render(
        new Scene(clip.actors(), clip.light(second), clip.night(), clip.rain(), clip.look()),
        second,
        rgb);
  }

  /**
   * The street at one moment.
   *
   * @param look a seed for what stands still
   */
  record Scene(List<Actor> actors, Light light, boolean night, boolean rain, long look) {}

  void render(Scene scene, double second, byte[] rgb) {
    drawBackdrop(scene);
    // Everything that differs between frames of one look: the camera's shake, rain and noise.
    SplittableRandom random =
        new SplittableRandom(scene.look() * 31 + Double.doubleToLongBits(second));
    double scale = size / Actor.FRAME;
    int margin = margin();
    int shakeX = (int) Math.round(random.nextInt(-1, 2) * scale);
    int shakeY = (int) Math.round(random.nextInt(-1, 2) * scale);
    Graphics2D g = frame.createGraphics();
    try {
      g.drawImage(backdrop, shakeX - margin, shakeY - margin, null);
      smooth(g);
      g.translate(shakeX, shakeY);
      g.scale(scale, scale);
      lamp(g, scene.light());
      SplittableRandom looks = new SplittableRandom(scene.look());
      double hue = looks.nextDouble(-.012, .012);
      ActorPainter painter = new ActorPainter(scene.night());
      scene.actors().stream()
          .sorted(Comparator.comparing(Actor::track))
          .forEach(actor -> painter.paint(g, actor, second, colour(actor, scene.night(), hue)));
      if (scene.rain()) {
        rain(g, random);
      }
    } finally {
      g.dispose();
    }
    develop(random, new SplittableRandom(scene.look() + 1).nextDouble(.9, 1.1), rgb);
  }

  private void drawBackdrop(Scene scene) {
    if (backdropDrawn && backdropLook == scene.look() && backdropNight == scene.night()) {
      return;
    }
    Graphics2D g = backdrop.createGraphics();
    try {
      // Smooth edges let through what was drawn before, and a frame must not depend on it.
      g.setColor(Color.BLACK);
      g.fillRect(0, 0, backdrop.getWidth(), backdrop.getHeight());
      smooth(g);
      g.translate(margin(), margin());
      g.scale(size / Actor.FRAME, size / Actor.FRAME);
      new Backdrop(scene.look(), scene.night()).paint(g);
      if (scene.night()) {
        g.setColor(new Color(10, 14, 40, (int) (255 * NIGHT_SHADE)));
        g.fill(new Rectangle2D.Double(-4, -4, 104, 104));
      }
    } finally {
      g.dispose();
    }
    backdropDrawn = true;
    backdropLook = scene.look();
    backdropNight = scene.night();
  }

  private static void lamp(Graphics2D g, Light light) {
    g.setColor(new Color(0x33363B));
    g.fill(new Rectangle2D.Double(LAMP_X - .8, 38, 1.6, 18));
    g.fill(new RoundRectangle2D.Double(LAMP_X - 4.5, RED_Y - 4.5, 9, 15, 3, 3));
    g.setColor(light == Light.RED ? new Color(0xFF3B30) : new Color(0x4A1512));
    g.fill(new Ellipse2D.Double(LAMP_X - 2.8, RED_Y - 2.8, 5.6, 5.6));
    g.setColor(light == Light.GREEN ? new Color(0x3BFF6A) : new Color(0x0F3B1C));
    g.fill(new Ellipse2D.Double(LAMP_X - 2.8, GREEN_Y + .7 - 2.8, 5.6, 5.6));
  }

  private static Color colour(Actor actor, boolean night, double hue) {
    SplittableRandom random = new SplittableRandom(actor.look());
    float[] hsb = actor.colour() == Colour.UNNAMED ? unnamed(random) : named(actor.colour());
    double brightness = hsb[2] * random.nextDouble(.92, 1.08) * (night ? .82 : 1);
    return Color.getHSBColor(
        (float) (hsb[0] + hue + random.nextDouble(-.012, .012)),
        (float) Math.min(1, hsb[1] * random.nextDouble(.9, 1.05)),
        (float) Math.min(1, brightness));
  }

  private static float[] named(Colour colour) {
    Color plain = new Color(colour.rgb());
    return Color.RGBtoHSB(plain.getRed(), plain.getGreen(), plain.getBlue(), null);
  }

  private static float[] unnamed(SplittableRandom random) {
    double[] hues = BETWEEN[random.nextInt(BETWEEN.length)];
    return new float[] {
      (float) random.nextDouble(hues[0], hues[1]),
      (float) random.nextDouble(.4, 1),
      (float) random.nextDouble(.4, 1)
    };
  }

  private static void rain(Graphics2D g, SplittableRandom random) {
    // Rain falls from clouds: without the haze, drops before a blue sky look like grain.
    g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, .25f));
    g.setColor(new Color(0x6E7A84));
    g.fill(new Rectangle2D.Double(-4, -4, 104, 104));
    g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, .75f));
    g.setColor(new Color(0xB4C4D2));
    g.setStroke(new BasicStroke(.8f));
    for (int i = 0; i < DROPS; i++) {
      double x = random.nextDouble(0, 98);
      double y = random.nextDouble(-4, 94);
      double length = random.nextDouble(3, 6);
      g.draw(new Line2D.Double(x, y, x - length * .25, y + length));
    }
  }

  private void develop(SplittableRandom random, double exposure, byte[] rgb) {
    int gain = (int) (exposure * 256);
    long noise = random.nextLong() | 1;
    for (int i = 0; i < size * size * 3; i += 3) {
      // A xorshift step per pixel: a few grey levels of sensor noise, the same in all channels.
      noise ^= noise << 13;
      noise ^= noise >>> 7;
      noise ^= noise << 17;
      int grain = (int) (noise & 7) + (int) ((noise >>> 8) & 7) - 7;
      rgb[i] = level(bgr[i + 2], gain, grain);
      rgb[i + 1] = level(bgr[i + 1], gain, grain);
      rgb[i + 2] = level(bgr[i], gain, grain);
    }
  }

  private static byte level(byte value, int gain, int grain) {
    return (byte) Math.max(0, Math.min(255, (((value & 0xFF) * gain) >> 8) + grain));
  }

  private int margin() {
    return (int) Math.ceil(4 * size / Actor.FRAME);
  }

  private static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }
}
