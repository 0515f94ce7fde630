package dev.flamingo.job;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** What Flink is set to for this job, wherever it runs. */
final class FlinkSettings {

  /**
   * How many pieces the keys are cut into, and so the most subtasks. It can never change: Flink
   * refuses state that was written with another number.
   */
  static final int MAX_PARALLELISM = 4_096;

  private FlinkSettings() {}

  static Configuration of(JobConfig config) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.NAME, "flamingo");
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpointEvery());
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory(config.checkpoints()));
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 100);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(10));
    return settings;
  }

  private static String directory(String checkpoints) {
    return checkpoints.contains(":/")
        ? checkpoints
        : "file://" + Path.of(checkpoints).toAbsolutePath();
  }
}
