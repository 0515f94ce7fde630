package dev.flamingo.job;

import dev.flamingo.job.state.UnreadableStateException;
import java.util.List;
import org.apache.flink.runtime.client.JobInitializationException;
import org.apache.flink.runtime.state.BackendBuildingException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.StateMigrationException;

/** Why a job cannot go on from a checkpoint or savepoint, in a sentence. */
final class RestoreFailure {

  private static final List<Class<? extends Throwable>> OF_RESTORING =
      List.of(
          UnreadableStateException.class,
          JobInitializationException.class,
          BackendBuildingException.class,
          StateMigrationException.class);

  private RestoreFailure() {}

  /** Returns whether a job that was to go on from one failed because it could not. */
  static boolean is(Throwable error) {
    ClassLoader loader = RestoreFailure.class.getClassLoader();
    return OF_RESTORING.stream()
        .anyMatch(type -> ExceptionUtils.findSerializedThrowable(error, type, loader).isPresent());
  }

  /**
   * Returns the failure in a sentence.
   *
   * @param from what the job was to go on from, such as "the checkpoint /data/chk-7"
   * @param instead what else can be done than to start the version that wrote it
   */
  static IllegalStateException of(String from, Throwable error, String instead) {
    return new IllegalStateException(
        "%s does not fit this version (%s): start the version that wrote it, or %s to go on from the group's place in the topics, without the questions that it holds"
            .formatted(from, reason(error), instead),
        error);
  }

  /** Returns the first cause's message. */
  static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
