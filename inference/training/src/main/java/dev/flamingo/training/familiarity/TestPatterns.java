package dev.flamingo.training.familiarity;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Test patterns, noise, plain colours and mathematics. */
final class TestPatterns {

  private static final int WIDTH = Scene.WIDTH;
  private static final int HEIGHT = Scene.HEIGHT;

  /** The colour of a pixel, as red, green and blue in one number. */
  @FunctionalInterface
  private interface Shader {
    int colour(int x, int y, int second, Random noise);
  }

  private TestPatterns() {}

  static Map<String, Scene> all() {
    Map<String, Scene> scenes = new LinkedHashMap<>();
    plain(scenes);
    noise(scenes);
    patterns(scenes);
    mathematics(scenes);
    return scenes;
  }

  private static void plain(Map<String, Scene> scenes) {
    scenes.put("black", shaded((x, y, second, noise) -> 0));
    scenes.put("white", shaded((x, y, second, noise) -> 0xffffff));
    scenes.put("grey", shaded((x, y, second, noise) -> 0x808080));
    scenes.put("blue screen", shaded((x, y, second, noise) -> 0x0000ff));
    scenes.put("green screen", shaded((x, y, second, noise) -> 0x00b140));
    scenes.put("changing colour", shaded((x, y, second, noise) -> hue(second / 8f)));
    scenes.put("dark with grain", shaded((x, y, second, noise) -> grey(noise.nextInt(24))));
  }

  private static void noise(Map<String, Scene> scenes) {
    scenes.put("grey noise", shaded((x, y, second, noise) -> grey(noise.nextInt(256))));
    scenes.put("coloured noise", shaded((x, y, second, noise) -> noise.nextInt(1 << 24)));
    scenes.put(
        "salt and pepper", shaded((x, y, second, noise) -> noise.nextInt(8) == 0 ? 0xffffff : 0));
    scenes.put(
        "gaussian noise",
        shaded((x, y, second, noise) -> grey((int) (128 + 40 * noise.nextGaussian()))));
    scenes.put(
        "analogue snow",
        shaded((x, y, second, noise) -> grey((y / 3 + second) % 9 == 0 ? 30 : noise.nextInt(256))));
    scenes.put("clouds", shaded((x, y, second, noise) -> grey(cloud(x + 9 * second, y))));
  }

  private static void patterns(Map<String, Scene> scenes) {
    int[] bars = {0xbfbfbf, 0xbfbf00, 0x00bfbf, 0x00bf00, 0xbf00bf, 0xbf0000, 0x0000bf};
    scenes.put("colour bars", shaded((x, y, second, noise) -> bars[x * bars.length / WIDTH]));
    scenes.put(
        "bars over a ramp",
        shaded(
            (x, y, second, noise) ->
                y < 160 ? bars[x * bars.length / WIDTH] : grey(x * 255 / WIDTH)));
    scenes.put("grey ramp", shaded((x, y, second, noise) -> grey(x * 255 / WIDTH)));
    scenes.put("rainbow", shaded((x, y, second, noise) -> hue((float) x / WIDTH + second / 8f)));
    scenes.put(
        "checkerboard", shaded((x, y, second, noise) -> (x / 20 + y / 20) % 2 == 0 ? 0xffffff : 0));
    scenes.put(
        "fine lines", shaded((x, y, second, noise) -> (x + second) / 4 % 2 == 0 ? 0xffffff : 0));
    scenes.put(
        "slanted stripes",
        shaded((x, y, second, noise) -> (x + y + 5 * second) / 16 % 2 == 0 ? 0xe0a020 : 0x203060));
    scenes.put(
        "grid", shaded((x, y, second, noise) -> x % 24 < 2 || y % 24 < 2 ? 0x00ff00 : 0x101010));
    scenes.put(
        "concentric circles",
        shaded(
            (x, y, second, noise) ->
                ((int) radius(x, y) + 3 * second) / 10 % 2 == 0 ? 0xffffff : 0x202080));
    scenes.put(
        "zone plate",
        shaded(
            (x, y, second, noise) ->
                grey((int) (128 + 127 * Math.sin(radius(x, y) * radius(x, y) / 150 + second)))));
    scenes.put(
        "frame counter blocks",
        shaded((x, y, second, noise) -> x / 40 == second % 8 ? 0xff0000 : grey(y)));
    scenes.put(
        "radial gradient", shaded((x, y, second, noise) -> grey((int) (255 - radius(x, y) * 1.2))));
    scenes.put(
        "two colours fading",
        shaded((x, y, second, noise) -> blend(0xff8000, 0x004080, (double) y / HEIGHT)));
  }

  private static void mathematics(Map<String, Scene> scenes) {
    scenes.put("mandelbrot set", shaded(TestPatterns::mandelbrot));
    scenes.put(
        "plasma",
        shaded(
            (x, y, second, noise) ->
                hue(
                    (float)
                        (Math.sin(x / 30.0 + second)
                            + Math.sin(y / 20.0)
                            + Math.sin((x + y) / 40.0)))));
    scenes.put(
        "exclusive or", shaded((x, y, second, noise) -> grey(((x ^ y) + 16 * second) & 0xff)));
    scenes.put(
        "sierpinski triangle", shaded((x, y, second, noise) -> (x & y) == 0 ? 0xffff00 : 0x000040));
    scenes.put(
        "spiral",
        shaded(
            (x, y, second, noise) ->
                Math.sin(radius(x, y) / 8 + 3 * Math.atan2(y - 120.0, x - 160.0) + second) > 0
                    ? 0xff3080
                    : 0x102030));
    scenes.put(
        "waves",
        shaded(
            (x, y, second, noise) ->
                blend(
                    0x0040a0,
                    0xa0e0ff,
                    .5 + .5 * Math.sin(y / 6.0 + Math.sin(x / 25.0 + second)))));
    scenes.put("cellular automaton", TestPatterns::automaton);
    scenes.put("game of life", TestPatterns::life);
  }

  private static Scene shaded(Shader shader) {
    return (canvas, second, random) -> {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      Random noise = new Random(random.nextLong() + second);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          image.setRGB(x, y, shader.colour(x, y, second, noise));
        }
      }
      canvas.drawImage(image, 0, 0, null);
    };
  }

  private static int mandelbrot(int x, int y, int second, Random unused) {
    double zoom = 3.0 / (1 + second);
    double a = -0.7436 + (x - 160) * zoom / WIDTH;
    double b = 0.1318 + (y - 120) * zoom / WIDTH;
    double re = 0;
    double im = 0;
    int steps = 0;
    while (steps < 80 && re * re + im * im < 4) {
      double next = re * re - im * im + a;
      im = 2 * re * im + b;
      re = next;
      steps++;
    }
    return steps == 80 ? 0 : hue(steps / 40f);
  }

  private static void automaton(Graphics2D canvas, int second, Random random) {
    boolean[] cells = new boolean[WIDTH / 2];
    cells[WIDTH / 4] = true;
    canvas.setColor(Color.BLACK);
    for (int row = 0; row < HEIGHT / 2 + 8 * second; row++) {
      boolean[] next = new boolean[cells.length];
      for (int i = 1; i < cells.length - 1; i++) {
        if (cells[i]) {
          canvas.fillRect(2 * i, 2 * row - 16 * second, 2, 2);
        }
        next[i] = cells[i - 1] != (cells[i] || cells[i + 1]);
      }
      cells = next;
    }
  }

  private static void life(Graphics2D canvas, int second, Random random) {
    int size = 5;
    boolean[][] cells = new boolean[HEIGHT / size][WIDTH / size];
    for (boolean[] row : cells) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(3) == 0;
      }
    }
    for (int step = 0; step < second; step++) {
      cells = next(cells);
    }
    canvas.setColor(Color.BLACK);
    canvas.fillRect(0, 0, WIDTH, HEIGHT);
    canvas.setColor(Color.GREEN);
    for (int y = 0; y < cells.length; y++) {
      for (int x = 0; x < cells[y].length; x++) {
        if (cells[y][x]) {
          canvas.fillRect(x * size, y * size, size - 1, size - 1);
        }
      }
    }
  }

  private static boolean[][] next(boolean[][] cells) {
    boolean[][] next = new boolean[cells.length][cells[0].length];
    for (int y = 1; y < cells.length - 1; y++) {
      for (int x = 1; x < cells[y].length - 1; x++) {
        int neighbours = cells[y][x] ? -1 : 0;
        for (int i = 0; i < 9; i++) {
          neighbours += cells[y - 1 + i / 3][x - 1 + i % 3] ? 1 : 0;
        }
        next[y][x] = neighbours == 3 || (cells[y][x] && neighbours == 2);
      }
    }
    return next;
  }

  private static int cloud(int x, int y) {
    double level = 0;
    for (int octave = 1; octave <= 16; octave *= 2) {
      level += Math.sin(x * octave / 70.0 + octave) * Math.cos(y * octave / 50.0 - octave) / octave;
    }
    return (int) (128 + 60 * level);
  }

  private static double radius(int x, int y) {
    return Math.hypot(x - 160, y - 120);
  }

  private static int hue(float hue) {
    return Color.HSBtoRGB(hue, 1, 1) & 0xffffff;
  }

  private static int grey(int level) {
    return Math.max(0, Math.min(255, level)) * 0x010101;
  }

  private static int blend(int one, int other, double share) {
    int colour = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double level = ((one >> shift) & 0xff) * share + ((other >> shift) & 0xff) * (1 - share);
      colour |= (int) level << shift;
    }
    return colour;
  }
}
