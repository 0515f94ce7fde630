package dev.flamingo.training.glyph;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** What fills a glyph, drawn in a second colour over the first. */
public enum GlyphTexture {
  /** Nothing. */
  PLAIN {
    @Override
    void paint(Graphics2D g) {}
  },
  /** Lying bars. */
  BARRED {
    @Override
    void paint(Graphics2D g) {
      for (double y = -1; y < 1; y += .5) {
        g.fill(new Rectangle2D.Double(-1, y, 2, .25));
      }
    }
  },
  /** Upright stripes. */
  STRIPED {
    @Override
    void paint(Graphics2D g) {
      for (double x = -1; x < 1; x += .5) {
        g.fill(new Rectangle2D.Double(x, -1, .25, 2));
      }
    }
  },
  /** A chessboard. */
  CHECKED {
    @Override
    void paint(Graphics2D g) {
      for (int row = 0; row < 6; row++) {
        for (int column = row % 2; column < 6; column += 2) {
          g.fill(new Rectangle2D.Double(column / 3.0 - 1, row / 3.0 - 1, 1 / 3.0, 1 / 3.0));
        }
      }
    }
  },
  /** Dots in rows. */
  DOTTED {
    @Override
    void paint(Graphics2D g) {
      for (double y = -1; y < 1; y += .44) {
        for (double x = -1; x < 1; x += .44) {
          g.fill(new Ellipse2D.Double(x, y, .25, .25));
        }
      }
    }
  },
  /** The lower half. */
  HALVED {
    @Override
    void paint(Graphics2D g) {
      g.fill(new Rectangle2D.Double(-1, 0, 2, 1));
    }
  },
  /** Slanting lines. */
  HATCHED {
    @Override
    void paint(Graphics2D g) {
      g.setStroke(new BasicStroke(.17f));
      for (double at = -2; at < 2; at += .48) {
        g.draw(new Line2D.Double(at - 1, -1, at + 1, 1));
      }
    }
  },
  /** A dot in the middle of rings. */
  RINGED {
    @Override
    void paint(Graphics2D g) {
      g.setStroke(new BasicStroke(.16f));
      for (double radius = .15; radius < 1.2; radius += .34) {
        g.draw(new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
      }
    }
  };

  abstract void paint(Graphics2D g);
}
