package dev.flamingo.job;

import dev.flamingo.events.Topics;
import dev.flamingo.job.answer.AnswerLimits;
import dev.flamingo.job.answer.MemoryLimits;
import dev.flamingo.job.model.AnswererLimits;
import dev.flamingo.job.model.BatchLimits;
import dev.flamingo.job.model.ModelLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything that can be set about the job but the model.
 *
 * @param kafka settings of Kafka's clients, at least {@code bootstrap.servers}
 * @param prefix of the topics
 * @param group consumer group, also the name of the job's place in its topics
 * @param checkpoints absolute folder or URI for checkpoints
 * @param checkpointEvery time between checkpoints
 * @param parallelism subtasks of every operator
 * @param model batches of the model's parts
 * @param memory what is remembered of a stream
 * @param answers how questions are treated
 */
public record JobConfig(
    Map<String, String> kafka,
    String prefix,
    String group,
    String checkpoints,
    Duration checkpointEvery,
    int parallelism,
    ModelLimits model,
    MemoryLimits memory,
    AnswerLimits answers) {

  /** Name of the setting with Kafka's address. */
  static final String BOOTSTRAP = "bootstrap.servers";

  // A checkpoint writes all state, about 4 MB a stream: nobody waits for one, and what came since
  // the last is read again.
  private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(15);
  private static final ModelLimits MODEL =
      new ModelLimits(
          new BatchLimits(16, Duration.ofMillis(5), 4_096),
          new BatchLimits(16, Duration.ofMillis(2), 4_096),
          new AnswererLimits(16, 2_048, 256),
          Duration.ofSeconds(3));

  /**
   * Checks what would fail late and unclearly.
   *
   * @throws IllegalArgumentException if a setting is missing or impossible
   */
  public JobConfig {
    kafka = Map.copyOf(kafka);
    if (!kafka.containsKey(BOOTSTRAP)) {
      throw new IllegalArgumentException("kafka's address is missing: set " + BOOTSTRAP);
    }
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism %d is below 1".formatted(parallelism));
    }
    if (parallelism > FlinkSettings.MAX_PARALLELISM) {
      throw new IllegalArgumentException(
          "parallelism %d is above %d: take fewer subtasks"
              .formatted(parallelism, FlinkSettings.MAX_PARALLELISM));
    }
    if (!checkpoints.contains(":/") && !Path.of(checkpoints).isAbsolute()) {
      throw new IllegalArgumentException(
          "checkpoint folder '%s' is relative: give an absolute one".formatted(checkpoints));
    }
  }

  /**
   * Returns the usual settings.
   *
   * @param bootstrap Kafka's address
   * @param checkpoints absolute folder or URI for checkpoints
   */
  public static JobConfig of(String bootstrap, String checkpoints) {
    return new JobConfig(
        Map.of(BOOTSTRAP, bootstrap),
        Topics.DEFAULT_PREFIX,
        groupOf(Topics.DEFAULT_PREFIX),
        checkpoints,
        CHECKPOINT_EVERY,
        1,
        MODEL,
        MemoryLimits.DEFAULT,
        AnswerLimits.DEFAULT);
  }

  /** Returns the same with more settings of Kafka's clients, such as those of its security. */
  public JobConfig withKafka(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(kafka);
    all.putAll(more);
    return new JobConfig(
        all, prefix, group, checkpoints, checkpointEvery, parallelism, model, memory, answers);
  }

  /** Returns the same for topics of another prefix, in a group of their own. */
  public JobConfig withPrefix(String other) {
    return new JobConfig(
        kafka,
        other,
        groupOf(other),
        checkpoints,
        checkpointEvery,
        parallelism,
        model,
        memory,
        answers);
  }

  private static String groupOf(String prefix) {
    return prefix + "job";
  }

  /** Returns the same in another consumer group. */
  public JobConfig withGroup(String other) {
    return new JobConfig(
        kafka, prefix, other, checkpoints, checkpointEvery, parallelism, model, memory, answers);
  }

  /** Returns the same with another time between checkpoints. */
  public JobConfig withCheckpointEvery(Duration other) {
    return new JobConfig(
        kafka, prefix, group, checkpoints, other, parallelism, model, memory, answers);
  }

  /** Returns the same with another number of subtasks. */
  public JobConfig withParallelism(int other) {
    return new JobConfig(
        kafka, prefix, group, checkpoints, checkpointEvery, other, model, memory, answers);
  }

  /** Returns the same with other batches. */
  public JobConfig withModel(ModelLimits other) {
    return new JobConfig(
        kafka, prefix, group, checkpoints, checkpointEvery, parallelism, other, memory, answers);
  }

  /** Returns the same with another memory. */
  public JobConfig withMemory(MemoryLimits other) {
    return new JobConfig(
        kafka, prefix, group, checkpoints, checkpointEvery, parallelism, model, other, answers);
  }

  /** Returns the same with other treatment of questions. */
  public JobConfig withAnswers(AnswerLimits other) {
    return new JobConfig(
        kafka, prefix, group, checkpoints, checkpointEvery, parallelism, model, memory, other);
  }
}
