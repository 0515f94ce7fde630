package dev.flamingo.training.familiarity;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Screens, charts and drawings of other things than the street. */
final class DrawnScenes {

  private static final int WIDTH = Scene.WIDTH;
  private static final int HEIGHT = Scene.HEIGHT;
  private static final String WORDS =
      "the quick brown fox jumps over a lazy dog while seven wizards pack my box with jugs ";

  private DrawnScenes() {}

  static Map<String, Scene> all() {
    Map<String, Scene> scenes = new LinkedHashMap<>();
    scenes.put("page of text", (c, s, r) -> text(c, Color.WHITE, Color.BLACK, Font.SERIF, 9, s));
    scenes.put("terminal", (c, s, r) -> text(c, Color.BLACK, Color.GREEN, Font.MONOSPACED, 10, s));
    scenes.put(
        "code editor", (c, s, r) -> text(c, new Color(0x1e1e2e), Color.PINK, "Monospaced", 8, s));
    scenes.put("large headline", (c, s, r) -> text(c, Color.YELLOW, Color.RED, "SansSerif", 40, s));
    scenes.put("web page", DrawnScenes::webPage);
    scenes.put("desktop", DrawnScenes::desktop);
    scenes.put("login form", DrawnScenes::form);
    scenes.put("spreadsheet", DrawnScenes::spreadsheet);
    scenes.put("bar chart", DrawnScenes::bars);
    scenes.put("line chart", DrawnScenes::lines);
    scenes.put("pie chart", DrawnScenes::pie);
    scenes.put("video call", DrawnScenes::call);
    scenes.put("no signal", DrawnScenes::noSignal);
    scenes.put("clock", DrawnScenes::clock);
    scenes.put("two-dimensional code", DrawnScenes::code);
    scenes.put("chess board", DrawnScenes::chess);
    scenes.put("maze", DrawnScenes::maze);
    scenes.put("cartoon house", DrawnScenes::house);
    scenes.put("face", DrawnScenes::face);
    scenes.put("mountains", DrawnScenes::mountains);
    scenes.put("night sky", DrawnScenes::stars);
    scenes.put("aquarium", DrawnScenes::aquarium);
    scenes.put("street map", DrawnScenes::map);
    scenes.put("racing game", DrawnScenes::racing);
    scenes.put("falling blocks", DrawnScenes::blocks);
    return scenes;
  }

  private static void fill(Graphics2D canvas, Color colour) {
    canvas.setColor(colour);
    canvas.fillRect(0, 0, WIDTH, HEIGHT);
  }

  private static void text(
      Graphics2D canvas, Color paper, Color ink, String font, int size, int second) {
    fill(canvas, paper);
    canvas.setColor(ink);
    canvas.setFont(new Font(font, Font.PLAIN, size));
    for (int line = 0; line * size * 1.3 < HEIGHT; line++) {
      int from = (line + second) * 17 % WORDS.length();
      canvas.drawString(WORDS.substring(from) + WORDS, 8, (int) (size * (1.2 + line * 1.3)));
    }
  }

  private static void webPage(Graphics2D canvas, int second, Random random) {
    canvas.setColor(new Color(0x2050a0));
    canvas.fillRect(0, 0, WIDTH, 36);
    canvas.setColor(Color.WHITE);
    canvas.setFont(new Font("SansSerif", Font.BOLD, 18));
    canvas.drawString("Daily News", 10, 25);
    for (int box = 0; box < 6; box++) {
      int x = 10 + box % 3 * 103;
      int y = 46 + box / 3 * 96 - 4 * second;
      canvas.setColor(new Color(Color.HSBtoRGB(random.nextFloat(), .4f, .8f)));
      canvas.fillRect(x, y, 95, 50);
      canvas.setColor(Color.DARK_GRAY);
      canvas.setFont(new Font("SansSerif", Font.PLAIN, 9));
      canvas.drawString("Something happened", x, y + 64);
      canvas.drawString("somewhere today", x, y + 76);
    }
  }

  private static void desktop(Graphics2D canvas, int second, Random random) {
    canvas.setPaint(new GradientPaint(0, 0, new Color(0x3060c0), 0, HEIGHT, new Color(0x80c0ff)));
    canvas.fillRect(0, 0, WIDTH, HEIGHT);
    for (int i = 0; i < 5; i++) {
      canvas.setColor(Color.ORANGE);
      canvas.fillRect(10, 10 + 40 * i, 22, 22);
    }
    canvas.setColor(Color.LIGHT_GRAY);
    canvas.fillRect(70 + 3 * second, 40, 200, 130);
    canvas.setColor(new Color(0x104080));
    canvas.fillRect(70 + 3 * second, 40, 200, 16);
    canvas.setColor(Color.DARK_GRAY);
    canvas.fillRect(0, HEIGHT - 20, WIDTH, 20);
  }

  private static void form(Graphics2D canvas, int second, Random random) {
    fill(canvas, new Color(0xf0f0f5));
    canvas.setFont(new Font("SansSerif", Font.PLAIN, 14));
    String[] labels = {"Name", "Password", "Remember me"};
    for (int i = 0; i < labels.length; i++) {
      canvas.setColor(Color.BLACK);
      canvas.drawString(labels[i], 40, 60 + 50 * i);
      canvas.setColor(Color.WHITE);
      canvas.fillRoundRect(140, 44 + 50 * i, 140, 24, 6, 6);
      canvas.setColor(Color.GRAY);
      canvas.drawRoundRect(140, 44 + 50 * i, 140, 24, 6, 6);
    }
    canvas.setColor(new Color(0x3080e0));
    canvas.fillRoundRect(140, 195, 90, 28, 8, 8);
  }

  private static void spreadsheet(Graphics2D canvas, int second, Random random) {
    canvas.setFont(new Font("SansSerif", Font.PLAIN, 8));
    for (int row = 0; row < 18; row++) {
      for (int column = 0; column < 7; column++) {
        canvas.setColor(Color.LIGHT_GRAY);
        canvas.drawRect(column * 46, row * 14, 46, 14);
        canvas.setColor(Color.BLACK);
        canvas.drawString(Integer.toString(random.nextInt(9_999)), column * 46 + 4, row * 14 + 10);
      }
    }
  }

  private static void bars(Graphics2D canvas, int second, Random random) {
    canvas.setColor(Color.BLACK);
    canvas.drawLine(20, 220, 310, 220);
    canvas.drawLine(20, 220, 20, 10);
    for (int i = 0; i < 9; i++) {
      int height = 20 + random.nextInt(160) + 2 * second;
      canvas.setColor(new Color(0x4070b0));
      canvas.fillRect(30 + 31 * i, 220 - height, 22, height);
    }
  }

  private static void lines(Graphics2D canvas, int second, Random random) {
    fill(canvas, new Color(0x181b1f));
    canvas.setStroke(new BasicStroke(2));
    for (Color colour : new Color[] {Color.GREEN, Color.YELLOW, Color.CYAN}) {
      canvas.setColor(colour);
      int before = 120;
      for (int x = 0; x < WIDTH; x += 10) {
        int next = Math.max(10, Math.min(230, before + random.nextInt(41) - 20));
        canvas.drawLine(x - 4 * second, before, x + 10 - 4 * second, next);
        before = next;
      }
    }
  }

  private static void pie(Graphics2D canvas, int second, Random random) {
    int angle = 5 * second;
    for (int i = 0; i < 6; i++) {
      canvas.setColor(new Color(Color.HSBtoRGB(i / 6f, .7f, .9f)));
      int size = 30 + random.nextInt(60);
      canvas.fillArc(60, 20, 200, 200, angle, i == 5 ? 360 + 5 * second - angle : size);
      angle += size;
    }
  }

  private static void call(Graphics2D canvas, int second, Random random) {
    fill(canvas, Color.BLACK);
    for (int i = 0; i < 4; i++) {
      int x = 4 + i % 2 * 158;
      int y = 4 + i / 2 * 118;
      canvas.setColor(new Color(Color.HSBtoRGB(random.nextFloat(), .3f, .5f)));
      canvas.fillRect(x, y, 152, 112);
      canvas.setColor(new Color(0xe0b090));
      canvas.fillOval(x + 50 + second % 3, y + 20, 50, 60);
      canvas.setColor(new Color(Color.HSBtoRGB(random.nextFloat(), .6f, .6f)));
      canvas.fillArc(x + 25, y + 80, 100, 70, 0, 180);
    }
  }

  private static void noSignal(Graphics2D canvas, int second, Random random) {
    fill(canvas, new Color(0x0000aa));
    canvas.setColor(Color.WHITE);
    canvas.setFont(new Font("SansSerif", Font.BOLD, 30));
    canvas.drawString("NO SIGNAL", 70, 130);
  }

  private static void clock(Graphics2D canvas, int second, Random random) {
    canvas.setColor(Color.BLACK);
    canvas.setStroke(new BasicStroke(6));
    canvas.drawOval(60, 20, 200, 200);
    for (int hand = 0; hand < 2; hand++) {
      double angle = second * Math.PI / 30 + hand * 2;
      int length = 85 - 30 * hand;
      canvas.drawLine(
          160, 120, (int) (160 + length * Math.sin(angle)), (int) (120 - length * Math.cos(angle)));
    }
  }

  private static void code(Graphics2D canvas, int second, Random random) {
    canvas.setColor(Color.BLACK);
    for (int i = 0; i < 25 * 25; i++) {
      if (random.nextBoolean()) {
        canvas.fillRect(60 + i % 25 * 8, 20 + i / 25 * 8, 8, 8);
      }
    }
  }

  private static void chess(Graphics2D canvas, int second, Random random) {
    for (int i = 0; i < 64; i++) {
      boolean light = (i % 8 + i / 8) % 2 == 0;
      canvas.setColor(light ? new Color(0xf0d9b5) : new Color(0xb58863));
      canvas.fillRect(40 + i % 8 * 30, i / 8 * 30, 30, 30);
      if (random.nextInt(3) == 0) {
        canvas.setColor(random.nextBoolean() ? Color.BLACK : Color.WHITE);
        canvas.fillOval(46 + i % 8 * 30, 6 + i / 8 * 30, 18, 18);
      }
    }
  }

  private static void maze(Graphics2D canvas, int second, Random random) {
    fill(canvas, new Color(0x202020));
    canvas.setColor(new Color(0xffb000));
    canvas.setStroke(new BasicStroke(3));
    for (int i = 0; i < 20 * 15; i++) {
      int x = i % 20 * 16;
      int y = i / 20 * 16;
      if (random.nextBoolean()) {
        canvas.drawLine(x, y, x + 16, y + 16);
      } else {
        canvas.drawLine(x + 16, y, x, y + 16);
      }
    }
  }

  private static void house(Graphics2D canvas, int second, Random random) {
    fill(canvas, new Color(0x90d0ff));
    canvas.setColor(new Color(0x40a040));
    canvas.fillRect(0, 170, WIDTH, 70);
    canvas.setColor(new Color(0xd04030));
    canvas.fillPolygon(new Polygon(new int[] {80, 160, 240}, new int[] {110, 50, 110}, 3));
    canvas.setColor(new Color(0xf0e0a0));
    canvas.fillRect(95, 110, 130, 90);
    canvas.setColor(new Color(0x704020));
    canvas.fillRect(145, 150, 30, 50);
    canvas.setColor(Color.YELLOW);
    canvas.fillOval(250, 10 + second, 45, 45);
  }

  private static void face(Graphics2D canvas, int second, Random random) {
    fill(canvas, new Color(0x6080a0));
    canvas.setColor(new Color(0xf0c8a0));
    canvas.fillOval(90 + second, 20, 140, 190);
    canvas.setColor(new Color(0x503010));
    canvas.fillArc(85 + second, 5, 150, 120, 0, 180);
    canvas.setColor(Color.WHITE);
    canvas.fillOval(120 + second, 90, 30, 18);
    canvas.fillOval(170 + second, 90, 30, 18);
    canvas.setColor(Color.BLACK);
    canvas.fillOval(130 + second, 93, 12, 12);
    canvas.fillOval(180 + second, 93, 12, 12);
    canvas.setColor(new Color(0xc04050));
    canvas.fillArc(130 + second, 140, 60, 30, 180, 180);
  }

  private static void mountains(Graphics2D canvas, int second, Random random) {
    canvas.setPaint(new GradientPaint(0, 0, new Color(0xff9050), 0, 160, new Color(0xffe0b0)));
    canvas.fillRect(0, 0, WIDTH, HEIGHT);
    for (int layer = 0; layer < 4; layer++) {
      canvas.setColor(new Color(60 - 12 * layer, 50 + 14 * layer, 80 - 10 * layer));
      Polygon ridge = new Polygon();
      ridge.addPoint(0, HEIGHT);
      for (int x = 0; x <= WIDTH; x += 20) {
        ridge.addPoint(x, 80 + 35 * layer + random.nextInt(40));
      }
      ridge.addPoint(WIDTH, HEIGHT);
      canvas.fillPolygon(ridge);
    }
  }

  private static void stars(Graphics2D canvas, int second, Random random) {
    fill(canvas, new Color(0x050510));
    canvas.setColor(Color.WHITE);
    for (int i = 0; i < 200; i++) {
      int size = 1 + random.nextInt(3);
      canvas.fillOval((random.nextInt(WIDTH) + second) % WIDTH, random.nextInt(HEIGHT), size, size);
    }
    canvas.setColor(new Color(0xf0f0d0));
    canvas.fillOval(220, 30, 50, 50);
  }

  private static void aquarium(Graphics2D canvas, int second, Random random) {
    canvas.setPaint(new GradientPaint(0, 0, new Color(0x40c0e0), 0, HEIGHT, new Color(0x003060)));
    canvas.fillRect(0, 0, WIDTH, HEIGHT);
    for (int i = 0; i < 9; i++) {
      int x = (random.nextInt(WIDTH) + 12 * second) % WIDTH;
      int y = 20 + random.nextInt(180);
      canvas.setColor(new Color(Color.HSBtoRGB(random.nextFloat() / 6, .9f, 1)));
      canvas.fillOval(x, y, 40, 20);
      canvas.fillPolygon(new int[] {x + 4, x - 12, x - 12}, new int[] {y + 10, y, y + 20}, 3);
    }
  }

  private static void map(Graphics2D canvas, int second, Random random) {
    fill(canvas, new Color(0xe8e4d8));
    canvas.setColor(new Color(0xb0d8a0));
    canvas.fillRect(180, 30, 100, 70);
    canvas.setColor(Color.WHITE);
    canvas.setStroke(new BasicStroke(8));
    for (int i = 0; i < 5; i++) {
      canvas.drawLine(0, 20 + 50 * i, WIDTH, 20 + 50 * i + random.nextInt(20));
      canvas.drawLine(30 + 65 * i, 0, 30 + 65 * i + random.nextInt(20), HEIGHT);
    }
    canvas.setColor(Color.BLUE);
    canvas.fillOval(60 + 10 * second, 112, 14, 14);
  }

  private static void racing(Graphics2D canvas, int second, Random random) {
    fill(canvas, new Color(0x70b0f0));
    canvas.setColor(new Color(0x309030));
    canvas.fillRect(0, 110, WIDTH, 130);
    canvas.setColor(Color.GRAY);
    canvas.fillPolygon(new int[] {150, 170, 320, 0}, new int[] {110, 110, 240, 240}, 4);
    canvas.setColor(Color.WHITE);
    for (int i = 0; i < 5; i++) {
      int y = 115 + (i * 28 + 9 * second) % 125;
      canvas.fillRect(160 - (y - 110) / 30, y, (y - 100) / 10, (y - 100) / 5);
    }
    canvas.setColor(Color.RED);
    canvas.fillRoundRect(120 + 5 * second, 185, 70, 40, 12, 12);
    canvas.setColor(Color.BLACK);
    canvas.fillRect(125 + 5 * second, 220, 16, 14);
    canvas.fillRect(169 + 5 * second, 220, 16, 14);
  }

  private static void blocks(Graphics2D canvas, int second, Random random) {
    fill(canvas, Color.BLACK);
    for (int i = 0; i < 80; i++) {
      canvas.setColor(new Color(Color.HSBtoRGB(random.nextInt(7) / 7f, .9f, .9f)));
      canvas.fillRect(80 + random.nextInt(10) * 16, 110 + random.nextInt(8) * 16, 15, 15);
    }
    canvas.setColor(Color.CYAN);
    canvas.fillRect(144, 8 * second, 15, 60);
  }
}
