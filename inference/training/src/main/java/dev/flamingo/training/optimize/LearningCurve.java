package dev.flamingo.training.optimize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws a stage's metrics: the losses over the steps, and below them how far gates are open. */
public final class LearningCurve {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 540;
  private static final String GATES = "gates";

  private final ObjectMapper json = new ObjectMapper();

  /**
   * Draws the curves of a stage.
   *
   * @param metrics lines of JSON as {@link Progress} writes them; where a step was done again after
   *     a kill, its last line counts
   * @param png receives the picture
   * @return whether there was anything to draw
   * @throws IOException if the metrics cannot be read or the picture cannot be written
   */
  public boolean draw(Path metrics, String stage, Path png) throws IOException {
    if (!Files.exists(metrics)) {
      return false;
    }
    Map<String, XYSeries> losses = new LinkedHashMap<>();
    Map<String, XYSeries> gates = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(metrics)) {
      for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
        JsonNode line = json.readTree(each.next());
        if (line.path("stage").asText().equals(stage)) {
          add(line, "losses", losses);
          add(line, GATES, gates);
        }
      }
    }
    if (losses.isEmpty()) {
      return false;
    }
    CombinedDomainXYPlot plot = new CombinedDomainXYPlot(new NumberAxis("step"));
    plot.add(plot(losses, "loss"), 2);
    if (!gates.isEmpty()) {
      plot.add(plot(gates, "tanh(gate)"), 1);
    }
    JFreeChart chart =
        new JFreeChart(stage, JFreeChart.DEFAULT_TITLE_FONT, plot, /* createLegend= */ true);
    ChartFactory.getChartTheme().apply(chart);
    ChartUtils.saveChartAsPNG(png.toFile(), chart, WIDTH, HEIGHT);
    return true;
  }

  private static void add(JsonNode line, String field, Map<String, XYSeries> series) {
    line.path(field)
        .properties()
        .forEach(
            entry ->
                series
                    .computeIfAbsent(entry.getKey(), key -> new XYSeries(key, true, false))
                    .addOrUpdate(line.path("step").intValue(), entry.getValue().doubleValue()));
  }

  private static XYPlot plot(Map<String, XYSeries> series, String label) {
    XYSeriesCollection data = new XYSeriesCollection();
    series.values().forEach(data::addSeries);
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    return new XYPlot(data, null, axis, new XYLineAndShapeRenderer(true, false));
  }
}
