package dev.flamingo.job;

import java.time.InstantSource;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job as a program for {@code flink run}. The bundle and the folder for derived graphs lie at
 * the same place on every machine; checkpoints at one that all of them reach. Whatever else of
 * Flink is to be set, state backend included, is set where the cluster is configured.
 *
 * <pre>
 * [--config FILE] --bootstrap HOST:PORT --bundle DIR --graph-cache DIR --checkpoints URI
 * [--prefix flamingo.] [--group flamingo.job] [--parallelism 1] [--threads 2] [--device cpu]
 * [--quantize auto] [--hold-unfamiliar-captions false]
 * </pre>
 *
 * <p>A file holds the same settings, all others of the job, and those of Kafka's clients, such as
 * logins, which must not stand in the arguments, since Flink shows these.
 */
public final class SubmittedJob {

  private SubmittedJob() {}

  /**
   * Submits the job.
   *
   * @throws dev.flamingo.settings.SettingsException with everything that is wrong with the settings
   * @throws Exception if Flink refuses the job
   */
  public static void main(String[] args) throws Exception {
    SubmittedArguments arguments = SubmittedArguments.of(args, System.getenv());
    new ServedBundle(arguments.job(), InstantSource.system())
        .announce(arguments.model().provider());
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    FlamingoJob.build(environment, arguments.job(), arguments.model().provider());
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
