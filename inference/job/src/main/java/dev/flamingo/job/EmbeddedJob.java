package dev.flamingo.job;

import dev.flamingo.job.model.SharedModel;
import dev.flamingo.job.model.VideoModelProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job on a Flink of its own in this JVM, without ports of its own but a loopback one. It begins
 * where its newest checkpoint ends, so it may be killed at any time. One that does not fit this
 * version is refused, see {@link #isRunning}: nothing that it holds is passed over in silence.
 */
public final class EmbeddedJob implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJob.class);
  private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(5);
  private static final long STEP_MILLIS = 50;

  private final MiniCluster cluster;
  private final StreamGraph graph;
  private final JobID job;
  private final JobFailures failures;

  /** Until the job has its own; kept longer, a model that broke would outlive its restarts. */
  private @Nullable SharedModel early;

  private EmbeddedJob(
      MiniCluster cluster, StreamGraph graph, Optional<Path> checkpoint, SharedModel early) {
    this.cluster = cluster;
    this.graph = graph;
    this.early = early;
    job = graph.getJobID();
    failures = new JobFailures(checkpoint);
  }

  /**
   * Starts the job; {@link #awaitRunning} waits until it works. Waits while another bundle is
   * served under the same topics.
   *
   * @param config its checkpoints lie in a folder of this machine
   * @throws IOException if the checkpoints cannot be read or the model cannot be opened
   * @throws IllegalStateException if Flink does not start
   */
  public static EmbeddedJob start(JobConfig config, VideoModelProvider provider)
      throws IOException {
    return start(config, provider, new Configuration());
  }

  /** Starts the job with more settings of Flink's, such as another state backend. */
  static EmbeddedJob start(JobConfig config, VideoModelProvider provider, Configuration settings)
      throws IOException {
    announce(config, provider);
    EmbeddedJob job = prepare(config, provider, settings);
    job.submit();
    return job;
  }

  /**
   * Waits while another bundle is served under the same topics, which must exist, and announces
   * this one, so that ingest makes frames for it while the job still starts.
   *
   * @throws IOException if the bundle cannot be read
   * @throws IllegalStateException if interrupted
   */
  public static void announce(JobConfig config, VideoModelProvider provider) throws IOException {
    try {
      new ServedBundle(config, InstantSource.system()).announce(provider);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the job was stopped before it started", e);
    }
  }

  /**
   * Opens the model and starts Flink; {@link #submit} starts the job. Kafka is not needed before
   * that.
   *
   * @param config its checkpoints lie in a folder of this machine
   * @throws IOException if the checkpoints cannot be read or the model cannot be opened
   * @throws IllegalStateException if Flink does not start
   */
  public static EmbeddedJob prepare(JobConfig config, VideoModelProvider provider)
      throws IOException {
    return prepare(config, provider, new Configuration());
  }

  private static EmbeddedJob prepare(
      JobConfig config, VideoModelProvider provider, Configuration settings) throws IOException {
    JobID job = id(config.prefix());
    Path own = Path.of(config.checkpoints()).toAbsolutePath().resolve(job.toString());
    Optional<Path> checkpoint = newestCheckpoint(own);
    checkpoint.ifPresent(
        path -> {
          LOG.info("going on from checkpoint {}", path);
          settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString());
          settings.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        });
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    FlamingoJob.build(environment, config, provider);
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobId(job);
    SharedModel early = SharedModel.acquire(provider, config.model());
    MiniCluster cluster = new MiniCluster(small(config.parallelism()));
    try {
      cluster.start();
      return new EmbeddedJob(cluster, graph, checkpoint, early);
    } catch (Exception e) {
      cluster.closeAsync().join();
      early.close();
      throw new IllegalStateException("the embedded flink does not start", e);
    }
  }

  /**
   * Starts the job on what was prepared. The topics must exist.
   *
   * @throws IllegalStateException if Flink does not take it; then all is closed
   */
  public void submit() {
    try {
      cluster.submitJob(graph).get();
    } catch (ExecutionException | InterruptedException e) {
      abort();
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("the embedded flink does not take the job", e);
    }
  }

  private static MiniClusterConfiguration small(int slots) {
    Configuration settings = new Configuration();
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
    settings.set(RestOptions.BIND_ADDRESS, "localhost");
    settings.set(RestOptions.ADDRESS, "localhost");
    settings.set(RestOptions.BIND_PORT, "0");
    return new MiniClusterConfiguration.Builder()
        .setConfiguration(settings)
        .setNumTaskManagers(1)
        .setNumSlotsPerTaskManager(slots)
        .build();
  }

  /** The same at every start, so that checkpoints stay in one folder, and no other job's. */
  static JobID id(String prefix) {
    UUID id = UUID.nameUUIDFromBytes(prefix.getBytes(StandardCharsets.UTF_8));
    return new JobID(id.getLeastSignificantBits(), id.getMostSignificantBits());
  }

  /** Returns the newest that is complete: Flink writes its metadata last, and at once. */
  private static Optional<Path> newestCheckpoint(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparing(EmbeddedJob::modified))
          .map(Path::getParent);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /**
   * Waits until every part of the job runs.
   *
   * @throws TimeoutException if that takes longer
   * @throws IllegalStateException as {@link #isRunning}
   * @throws InterruptedException if interrupted
   */
  public void awaitRunning(Duration longest) throws TimeoutException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!isRunning()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException(
            "the job does not run after %d s: look into its log".formatted(longest.toSeconds()));
      }
      Thread.sleep(STEP_MILLIS);
    }
  }

  /**
   * Returns whether every part of the job runs; whoever asks from time to time hears how the job
   * is. A failure that it recovers from is logged.
   *
   * @throws IllegalStateException if the job has ended, or its checkpoint does not fit
   * @throws InterruptedException if interrupted
   */
  public boolean isRunning() throws InterruptedException {
    try {
      AccessExecutionGraph now = cluster.getExecutionGraph(job).get();
      failures.look(now.getState(), now.getFailureInfo());
      boolean running =
          now.getState() == JobStatus.RUNNING
              && now.getAllVertices().values().stream()
                  .allMatch(vertex -> vertex.getAggregateState() == ExecutionState.RUNNING);
      if (running) {
        closeEarly();
      }
      return running;
    } catch (ExecutionException e) {
      throw new IllegalStateException("flink does not say how the job is", e);
    }
  }

  /** Writes a savepoint, which every state backend can read, and returns its folder. */
  Path savepoint(Path folder) throws Exception {
    String written =
        cluster
            .triggerSavepoint(
                job,
                folder.toUri().toString(),
                /* cancelJob= */ false,
                SavepointFormatType.CANONICAL)
            .get();
    return Path.of(URI.create(written));
  }

  /** Returns whether the job has failed since its start, and so was started again. */
  boolean hasFailed() throws Exception {
    return cluster.getExecutionGraph(job).get().getFailureInfo() != null;
  }

  /** Takes a last checkpoint where that is quick, and stops everything. */
  @Override
  public void close() {
    try {
      cluster.triggerCheckpoint(job).get(LAST_CHECKPOINT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("no last checkpoint: the next start goes on from the one before");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      cluster.cancelJob(job).get(LAST_CHECKPOINT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("the job was not running any more");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    abort();
  }

  /** Stops without a last checkpoint. */
  void abort() {
    cluster.closeAsync().join();
    closeEarly();
  }

  private synchronized void closeEarly() {
    if (early != null) {
      early.close();
      early = null;
    }
  }
}
