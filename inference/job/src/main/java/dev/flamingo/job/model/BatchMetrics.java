package dev.flamingo.job.model;

import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Shows what the parts of a model do as Flink metrics. */
public final class BatchMetrics {

  private BatchMetrics() {}

  /** Registers the limits of a batcher and how much it has done. */
  public static void register(MetricGroup group, Batcher<?, ?> batcher) {
    MetricGroup batch = group.addGroup("batch");
    batch.gauge("sizeLimit", () -> batcher.limits().size());
    batch.gauge("lingerMillis", () -> batcher.limits().linger().toMillis());
    batch.gauge("waiting", (Gauge<Integer>) batcher::waiting);
    batch.gauge("batches", (Gauge<Long>) batcher::batches);
    batch.gauge("requests", (Gauge<Long>) batcher::requests);
  }

  /** Registers the limits of an answerer, how busy it is and how much it has done. */
  public static void register(MetricGroup group, Answerer answerer) {
    MetricGroup batch = group.addGroup("batch");
    batch.gauge("sizeLimit", () -> answerer.limits().rows());
    batch.gauge("waiting", (Gauge<Integer>) answerer::waiting);
    batch.gauge("captionsWaiting", (Gauge<Integer>) answerer::captionsWaiting);
    batch.gauge("running", (Gauge<Integer>) answerer::running);
    batch.gauge("steps", (Gauge<Long>) answerer::steps);
    batch.gauge("rowsStepped", (Gauge<Long>) answerer::rowsStepped);
    batch.gauge("answers", (Gauge<Long>) answerer::answers);
  }

  /** Registers what a model has done. */
  public static void register(MetricGroup group, Map<String, LongSupplier> counters) {
    MetricGroup model = group.addGroup("model");
    counters.forEach((name, counter) -> model.gauge(name, (Gauge<Long>) counter::getAsLong));
  }
}
