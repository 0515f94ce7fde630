package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.flamingo.events.Question;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.Collector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the job does with the checkpoints that it finds in its folder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CheckpointTest {

  private final long start = Instant.now().getEpochSecond() * 1_000 - 120_000;

  @SuppressWarnings("NullAway.Init") // set by open()
  private EmbeddedKafka kafka;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    kafka = new EmbeddedKafka(folder);
  }

  @AfterAll
  void close() {
    kafka.close();
  }

  /** Either an operator that this version does not have, or a state of another type. */
  @ParameterizedTest
  @ValueSource(strings = {"of-another-version", "pass-once-per-moment"})
  void oneThatDoesNotFitIsRefusedInASentenceAndKept(String operator, @TempDir Path folder)
      throws Exception {
    String prefix = operator + ".";
    Path checkpoint = checkpointOf(prefix, operator, folder);
    try (Pipeline pipeline = pipeline(folder, prefix)) {
      assertThatIllegalStateException()
          .isThrownBy(pipeline::start)
          .withMessageStartingWith("the checkpoint " + checkpoint + " does not fit this version (")
          .withMessageContaining("start the version that wrote it, or move it away");
    }
    assertThat(checkpoint.resolve("_metadata")).exists();
  }

  /** As on a cluster: without an end by the exception, Flink would start the job for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"of-another-version", "pass-once-per-moment"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aSubmittedJobRefusesItInASentenceToo(String operator, @TempDir Path folder)
      throws Exception {
    String prefix = "submitted-" + operator + ".";
    Path savepoint = checkpointOf(prefix, operator, folder);
    Configuration settings = new Configuration();
    settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    FlamingoJob.build(
        environment,
        JobConfig.of(kafka.bootstrap(), folder.toString()).withPrefix(prefix),
        new EchoModel.Provider(prefix));
    // It makes the topics.
    pipeline(folder, prefix).close();
    assertThatIllegalStateException()
        .isThrownBy(() -> SubmittedJob.execute(environment))
        .withMessageStartingWith(
            "the savepoint " + savepoint.toUri() + " does not fit this version (")
        .withMessageContaining(
            "start the version that wrote it, or submit the job without it to go on");
    assertThat(savepoint.resolve("_metadata")).exists();
  }

  @Test
  void oneThatIsBrokenIsRefusedInASentence(@TempDir Path folder) throws Exception {
    Path checkpoint = folder.resolve(EmbeddedJob.id("broken.").toString()).resolve("chk-3");
    Files.createDirectories(checkpoint);
    Files.writeString(checkpoint.resolve("_metadata"), "not written to its end");
    try (Pipeline pipeline = pipeline(folder, "broken.")) {
      assertThatIllegalStateException()
          .isThrownBy(pipeline::start)
          .withMessageStartingWith("the checkpoint " + checkpoint + " does not fit this version (");
    }
  }

  @Test
  void oneOfOtherTopicsIsNoneOfItsBusiness(@TempDir Path folder) throws Exception {
    Path other = checkpointOf("other.", "of-another-version", folder);
    try (Pipeline pipeline = pipeline(folder, "own.").start()) {
      pipeline.frames("street", start, 1, 8);
      pipeline.ask(Question.of("q", "street", "what"), start + 8_000);
      assertThat(pipeline.answer("q").text()).contains("street-8");
    }
    assertThat(other.resolve("_metadata")).exists();
  }

  private Pipeline pipeline(Path folder, String prefix) throws Exception {
    return Pipeline.create(
        kafka, folder, prefix, new EchoModel.Provider(prefix), settings -> settings);
  }

  /** Writes a checkpoint of a job that is not ours, where ours will look for its own. */
  @SuppressWarnings("deprecation") // of what reads without any state, there is nothing newer
  private static Path checkpointOf(String prefix, String operator, Path folder) throws Exception {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    environment.setParallelism(1);
    environment.setMaxParallelism(FlinkSettings.MAX_PARALLELISM);
    environment
        .addSource(new Ticks())
        .keyBy(tick -> "street")
        .process(new Remember())
        .uid(operator)
        .print();
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobId(EmbeddedJob.id(prefix));
    try (MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build())) {
      cluster.start();
      cluster.submitJob(graph).get();
      AtomicReference<String> path = new AtomicReference<>();
      Awaitility.await()
          .atMost(Pipeline.PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                path.set(cluster.triggerCheckpoint(graph.getJobID()).get());
                return true;
              });
      return Path.of(URI.create(path.get()));
    }
  }

  /** A number, and then nothing until it is cancelled. */
  @SuppressWarnings("deprecation")
  private static final class Ticks implements SourceFunction<Long> {
    private static final long serialVersionUID = 1;

    @GuardedBy("this")
    private boolean stopped;

    @Override
    public void run(SourceContext<Long> context) throws InterruptedException {
      synchronized (context.getCheckpointLock()) {
        context.collect(1L);
      }
      synchronized (this) {
        while (!stopped) {
          wait();
        }
      }
    }

    @Override
    public synchronized void cancel() {
      stopped = true;
      notifyAll();
    }
  }

  /** Keeps a text where {@code PassOncePerMoment} keeps a record. */
  private static final class Remember extends KeyedProcessFunction<String, Long, Long> {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("NullAway.Init") // set by open()
    private transient ValueState<String> moment;

    @Override
    public void open(OpenContext context) {
      moment = getRuntimeContext().getState(new ValueStateDescriptor<>("moment", String.class));
    }

    @Override
    public void processElement(Long tick, Context context, Collector<Long> ticks)
        throws IOException {
      moment.update("remembered");
    }
  }
}
