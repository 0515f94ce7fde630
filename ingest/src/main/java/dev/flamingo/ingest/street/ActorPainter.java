package dev.flamingo.ingest.street;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/**
 * Draws actors as vectors, each in a box of 1 x 1 that looks to the right, its foot line at the
 * bottom.
 */
final class ActorPainter {

  private static final Color TYRE = new Color(0x16161A);
  private static final Color RIM = new Color(0x9A9CA2);
  private static final Color SKIN = new Color(0xE0AC86);
  private static final Color TROUSERS = new Color(0x4A4F5C);
  private static final Color HEADLIGHT = new Color(0xFFF3B0);
  private static final Color TAILLIGHT = new Color(0x8E1414);

  private final Color glass;
  private final boolean night;

  ActorPainter(boolean night) {
    this.night = night;
    glass = night ? new Color(0xC9B878) : new Color(0x9CC4DC);
  }

  /**
   * Draws an actor.
   *
   * @param graphics in pixels of a 96-pixel frame
   * @param second decides place and gait
   */
  void paint(Graphics2D graphics, Actor actor, double second, Color colour) {
    AffineTransform before = graphics.getTransform();
    double width = actor.width();
    double height = actor.height();
    boolean left =
        actor.direction() == Direction.LEFT
            || (actor.direction() == Direction.STILL && actor.facesLeft());
    graphics.translate(actor.x(second), actor.track().ground() - height);
    graphics.scale(left ? -width : width, height);
    graphics.translate(-0.5, 0);
    double gait = actor.speed() == 0 ? 0.25 : second * Math.abs(actor.speed()) / width * 2;
    switch (actor.kind()) {
      case CAR -> car(graphics, colour, width / height);
      case BUS -> bus(graphics, colour, width / height);
      case TRUCK -> truck(graphics, colour, width / height);
      case BICYCLE -> bicycle(graphics, colour, gait);
      case PERSON -> person(graphics, colour, gait);
      case DOG -> dog(graphics, colour, gait);
    }
    graphics.setTransform(before);
  }

  private void car(Graphics2D g, Color colour, double aspect) {
    Path2D cabin = new Path2D.Double();
    cabin.moveTo(.16, .5);
    cabin.lineTo(.3, .06);
    cabin.lineTo(.66, .06);
    cabin.lineTo(.84, .5);
    cabin.closePath();
    fill(g, colour, cabin);
    fill(g, colour, new RoundRectangle2D.Double(0, .4, 1, .42, .12, .25));
    Path2D window = new Path2D.Double();
    window.moveTo(.25, .42);
    window.lineTo(.34, .14);
    window.lineTo(.63, .14);
    window.lineTo(.75, .42);
    window.closePath();
    fill(g, glass, window);
    fill(g, colour, new Rectangle2D.Double(.47, .12, .04, .32));
    lights(g, .52);
    wheel(g, .22, .3, aspect);
    wheel(g, .78, .3, aspect);
  }

  private void bus(Graphics2D g, Color colour, double aspect) {
    fill(g, colour, new RoundRectangle2D.Double(0, .02, 1, .86, .06, .12));
    for (int i = 0; i < 5; i++) {
      fill(g, glass, new Rectangle2D.Double(.05 + i * .155, .14, .12, .3));
    }
    fill(g, glass, new Rectangle2D.Double(.85, .14, .12, .44));
    fill(g, shade(colour, .72), new Rectangle2D.Double(0, .6, 1, .06));
    lights(g, .72);
    wheel(g, .2, .24, aspect);
    wheel(g, .8, .24, aspect);
  }

  private void truck(Graphics2D g, Color colour, double aspect) {
    fill(g, new Color(0x5C5F66), new Rectangle2D.Double(.02, .74, .96, .12));
    fill(g, colour, new Rectangle2D.Double(0, 0, .66, .76));
    for (int i = 1; i < 5; i++) {
      fill(g, shade(colour, .8), new Rectangle2D.Double(i * .13, .04, .015, .68));
    }
    Path2D cab = new Path2D.Double();
    cab.moveTo(.7, .2);
    cab.lineTo(.88, .2);
    cab.lineTo(1, .52);
    cab.lineTo(1, .82);
    cab.lineTo(.7, .82);
    cab.closePath();
    fill(g, colour, cab);
    fill(g, glass, new Rectangle2D.Double(.77, .28, .13, .24));
    lights(g, .66);
    wheel(g, .16, .26, aspect);
    wheel(g, .42, .26, aspect);
    wheel(g, .84, .26, aspect);
  }

  private void bicycle(Graphics2D g, Color colour, double gait) {
    g.setColor(TYRE);
    g.setStroke(new BasicStroke(.075f));
    g.draw(new Ellipse2D.Double(.04, .56, .38, .4));
    g.draw(new Ellipse2D.Double(.58, .56, .38, .4));
    g.setColor(colour);
    g.setStroke(new BasicStroke(.1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    Path2D frame = new Path2D.Double();
    frame.moveTo(.23, .76);
    frame.lineTo(.4, .54);
    frame.lineTo(.7, .54);
    frame.lineTo(.77, .76);
    frame.moveTo(.4, .54);
    frame.lineTo(.5, .78);
    frame.lineTo(.7, .54);
    g.draw(frame);
    g.setColor(TROUSERS);
    g.setStroke(new BasicStroke(.1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    double pedal = .06 * Math.sin(gait * Math.PI);
    g.draw(new Line2D.Double(.38, .46, .54 + pedal, .62));
    g.draw(new Line2D.Double(.54 + pedal, .62, .5 - pedal, .8));
    g.setColor(colour);
    g.setStroke(new BasicStroke(.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(.4, .42, .56, .22));
    g.setStroke(new BasicStroke(.08f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(.56, .26, .72, .46));
    fill(g, SKIN, new Ellipse2D.Double(.54, .0, .2, .2));
  }

  private void person(Graphics2D g, Color colour, double gait) {
    double stride = .22 * Math.sin(gait * Math.PI);
    g.setColor(TROUSERS);
    g.setStroke(new BasicStroke(.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(.5, .62, .5 + stride, .94));
    g.draw(new Line2D.Double(.5, .62, .5 - stride, .94));
    fill(g, colour, new RoundRectangle2D.Double(.18, .2, .64, .5, .3, .16));
    g.setColor(shade(colour, .78));
    g.setStroke(new BasicStroke(.14f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(.5, .28, .5 - stride * 1.3, .56));
    fill(g, SKIN, new Ellipse2D.Double(.29, .0, .42, .2));
  }

  private void dog(Graphics2D g, Color colour, double gait) {
    double stride = .07 * Math.sin(gait * Math.PI);
    g.setColor(shade(colour, .85));
    g.setStroke(new BasicStroke(.09f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(.24, .6, .24 + stride, .95));
    g.draw(new Line2D.Double(.34, .6, .34 - stride, .95));
    g.draw(new Line2D.Double(.62, .6, .62 + stride, .95));
    g.draw(new Line2D.Double(.7, .6, .7 - stride, .95));
    g.setColor(colour);
    g.setStroke(new BasicStroke(.08f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(.2, .45, .05, .2));
    fill(g, colour, new RoundRectangle2D.Double(.16, .32, .62, .4, .25, .35));
    fill(g, colour, new RoundRectangle2D.Double(.66, .06, .3, .4, .2, .3));
    fill(g, shade(colour, .6), new RoundRectangle2D.Double(.68, .08, .1, .28, .1, .2));
  }

  private void lights(Graphics2D g, double y) {
    fill(g, night ? HEADLIGHT : new Color(0xE8E2C4), new Rectangle2D.Double(.95, y, .05, .12));
    fill(g, TAILLIGHT, new Rectangle2D.Double(0, y, .03, .12));
  }

  private static void wheel(Graphics2D g, double x, double height, double aspect) {
    double width = height / aspect;
    fill(g, TYRE, new Ellipse2D.Double(x - width / 2, 1 - height, width, height));
    fill(g, RIM, new Ellipse2D.Double(x - width / 5, 1 - height * .7, width * .4, height * .4));
  }

  private static void fill(Graphics2D g, Color colour, java.awt.Shape shape) {
    g.setColor(colour);
    g.fill(shape);
  }

  private static Color shade(Color colour, double share) {
    return new Color(
        (int) (colour.getRed() * share),
        (int) (colour.getGreen() * share),
        (int) (colour.getBlue() * share));
  }
}
