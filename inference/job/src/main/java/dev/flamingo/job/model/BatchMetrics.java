package dev.flamingo.job.model;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Shows what a batcher does as Flink metrics. */
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
}
