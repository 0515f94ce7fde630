package dev.flamingo.training.glyph;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** The outline of a glyph, in a square from -1 to 1. */
public enum GlyphShape {
  /** A disc. */
  CIRCLE(disc(0, 0, .9)),
  /** A disc with a hole. */
  RING(without(disc(0, 0, .95), disc(0, 0, .5))),
  /** A square. */
  SQUARE(box(-.8, -.8, 1.6, 1.6)),
  /** A square with a hole. */
  FRAME(without(box(-.85, -.85, 1.7, 1.7), box(-.42, -.42, .84, .84))),
  /** A triangle that stands on a side. */
  TRIANGLE(polygon(0, -.95, .95, .75, -.95, .75)),
  /** A tall rhombus. */
  RHOMBUS(polygon(0, -1, .6, 0, 0, 1, -.6, 0)),
  /** A five-pointed star. */
  STAR(spikes(5, .42)),
  /** A disc with twelve teeth. */
  GEAR(spikes(12, .72)),
  /** An upright cross. */
  CROSS(
      polygon(
          -.33, -.95, .33, -.95, .33, -.33, .95, -.33, .95, .33, .33, .33, .33, .95, -.33, .95,
          -.33, .33, -.95, .33, -.95, -.33, -.33, -.33)),
  /** A heart. */
  HEART(with(with(disc(-.42, -.35, .5), disc(.42, -.35, .5)), polygon(-.9, -.2, .9, -.2, 0, .95))),
  /** A crescent moon, open to the right. */
  CRESCENT(without(disc(0, 0, .95), disc(.5, -.1, .75))),
  /** An arrow to the right. */
  ARROW(polygon(-.95, -.28, .1, -.28, .1, -.8, .95, 0, .1, .8, .1, .28, -.95, .28)),
  /** A drop. */
  DROP(with(disc(0, .3, .6), polygon(0, -1, .54, .1, -.54, .1))),
  /** A lying lens. */
  LENS(both(disc(0, .75, 1.2), disc(0, -.75, 1.2))),
  /** Two triangles, tip to tip. */
  HOURGLASS(polygon(-.8, -.95, .8, -.95, .12, 0, .8, .95, -.8, .95, -.12, 0)),
  /** A half disc, flat below. */
  DOME(without(disc(0, .4, .95), box(-1, .4, 2, 1)));

  @SuppressWarnings("ImmutableEnumChecker") // never changed: only transformed copies leave
  private final Shape outline;

  GlyphShape(Shape outline) {
    this.outline = outline;
  }

  /** Returns the outline under a transform. */
  Shape outline(AffineTransform transform) {
    return transform.createTransformedShape(outline);
  }

  private static Shape disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static Shape box(double x, double y, double width, double height) {
    return new Rectangle2D.Double(x, y, width, height);
  }

  private static Shape polygon(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    path.closePath();
    return path;
  }

  private static Shape spikes(int count, double inner) {
    double[] points = new double[4 * count];
    for (int i = 0; i < 2 * count; i++) {
      double angle = Math.PI * i / count - Math.PI / 2;
      double radius = i % 2 == 0 ? 1 : inner;
      points[2 * i] = radius * Math.cos(angle);
      points[2 * i + 1] = radius * Math.sin(angle);
    }
    return polygon(points);
  }

  private static Shape with(Shape a, Shape b) {
    Area area = new Area(a);
    area.add(new Area(b));
    return area;
  }

  private static Shape without(Shape a, Shape b) {
    Area area = new Area(a);
    area.subtract(new Area(b));
    return area;
  }

  private static Shape both(Shape a, Shape b) {
    Area area = new Area(a);
    area.intersect(new Area(b));
    return area;
  }
}
