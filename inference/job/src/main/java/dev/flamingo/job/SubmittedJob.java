package dev.flamingo.job;

import dev.flamingo.events.Topics;
import dev.flamingo.job.answer.AnswerLimits;
import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.model.serving.Device;
import dev.flamingo.model.serving.QuantizationChoice;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * The job as a program for {@code flink run}. The bundle and the folder for derived graphs lie at
 * the same place on every machine; checkpoints at one that all of them reach. Whatever else of
 * Flink is to be set, state backend included, is set where the cluster is configured.
 *
 * <pre>
 * --bootstrap HOST:PORT --bundle DIR --graph-cache DIR --checkpoints URI
 * [--prefix flamingo.] [--group flamingo.job] [--parallelism 1] [--threads 2] [--device cpu]
 * [--quantize auto] [--hold-unfamiliar-captions false]
 * </pre>
 */
public final class SubmittedJob {

  private static final int THREADS = 2;

  private SubmittedJob() {}

  /**
   * Submits the job.
   *
   * @throws Exception if an argument is missing or Flink refuses the job
   */
  public static void main(String[] args) throws Exception {
    ParameterTool arguments = ParameterTool.fromArgs(args);
    String prefix = arguments.get("prefix", Topics.DEFAULT_PREFIX);
    JobConfig config =
        JobConfig.of(arguments.getRequired("bootstrap"), arguments.getRequired("checkpoints"))
            .withPrefix(prefix)
            .withGroup(arguments.get("group", prefix + "job"))
            .withParallelism(arguments.getInt("parallelism", 1))
            .withAnswers(
                AnswerLimits.DEFAULT.withHoldUnfamiliar(
                    arguments.getBoolean("hold-unfamiliar-captions", false)));
    Device device = Device.named(arguments.get("device", Device.CPU.label()));
    FlamingoModelProvider provider =
        new FlamingoModelProvider(
            arguments.getRequired("bundle"),
            arguments.getRequired("graph-cache"),
            arguments.getInt("threads", THREADS),
            device,
            QuantizationChoice.named(arguments.get("quantize", "auto")).on(device));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    FlamingoJob.build(environment, config, provider);
    execute(environment);
  }

  /**
   * Runs the job.
   *
   * @throws IllegalStateException if what the job was to go on from does not fit
   * @throws Exception if it fails for another reason
   */
  static void execute(StreamExecutionEnvironment environment) throws Exception {
    String from = environment.getConfiguration().get(StateRecoveryOptions.SAVEPOINT_PATH);
    try {
      environment.execute("flamingo");
    } catch (Exception e) {
      if (from != null && RestoreFailure.is(e)) {
        throw RestoreFailure.of("the savepoint " + from, e, "submit the job without it");
      }
      throw e;
    }
  }
}
