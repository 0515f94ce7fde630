package dev.flamingo.job;

import dev.flamingo.events.KafkaConfig;
import dev.flamingo.events.Topics;
import dev.flamingo.job.answer.AnswerLimits;
import dev.flamingo.job.answer.MemoryLimits;
import dev.flamingo.job.model.AnswererLimits;
import dev.flamingo.job.model.BatchLimits;
import dev.flamingo.job.model.ModelLimits;
import dev.flamingo.settings.Setting;
import java.time.Duration;

/**
 * Everything that can be set about the job but the model.
 *
 * @param kafka the way to Kafka
 * @param prefix of the topics
 * @param group consumer group, also the name of the job's place in its topics
 * @param checkpoints folder or URI for checkpoints
 * @param checkpointEvery time between checkpoints
 * @param parallelism subtasks of every operator
 * @param model batches of the model's parts
 * @param memory what is remembered of a stream
 * @param answers how questions are treated
 */
public record JobConfig(
    KafkaConfig kafka,
    String prefix,
    @Setting("consumer group, also the name of the job's place in its topics") String group,
    @Setting("folder or URI for the checkpoints") String checkpoints,
    @Setting("time between checkpoints") Duration checkpointEvery,
    @Setting("subtasks of every operator") int parallelism,
    @Setting("") ModelLimits model,
    @Setting("") MemoryLimits memory,
    @Setting("") AnswerLimits answers) {

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
   * @throws IllegalArgumentException if a setting is impossible
   */
  public JobConfig {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism %d is below 1".formatted(parallelism));
    }
    if (parallelism > FlinkSettings.MAX_PARALLELISM) {
      throw new IllegalArgumentException(
          "parallelism %d is above %d: take fewer subtasks"
              .formatted(parallelism, FlinkSettings.MAX_PARALLELISM));
    }
    if (checkpointEvery.toMillis() < 10) {
      throw new IllegalArgumentException(
          "checkpoints every %d ms are too many: take at least 10 ms"
              .formatted(checkpointEvery.toMillis()));
    }
  }

  /**
   * Returns the usual settings.
   *
   * @param bootstrap address of a Kafka that needs no login
   * @param checkpoints folder or URI for checkpoints
   */
  public static JobConfig of(String bootstrap, String checkpoints) {
    return of(KafkaConfig.at(bootstrap), checkpoints);
  }

  /**
   * Returns the usual settings.
   *
   * @param checkpoints folder or URI for checkpoints
   */
  public static JobConfig of(KafkaConfig kafka, String checkpoints) {
    return new JobConfig(
        kafka,
        Topics.DEFAULT_PREFIX,
        groupOf(Topics.DEFAULT_PREFIX),
        checkpoints,
        CHECKPOINT_EVERY,
        1,
        MODEL,
        MemoryLimits.DEFAULT,
        AnswerLimits.DEFAULT);
  }

  /** Returns the same against another Kafka, with the checkpoints elsewhere. */
  public JobConfig at(KafkaConfig otherKafka, String otherCheckpoints) {
    return new JobConfig(
        otherKafka,
        prefix,
        group,
        otherCheckpoints,
        checkpointEvery,
        parallelism,
        model,
        memory,
        answers);
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
