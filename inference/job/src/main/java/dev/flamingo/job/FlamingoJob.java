package dev.flamingo.job;

import dev.flamingo.events.Topics;
import dev.flamingo.job.answer.AnswerQuestions;
import dev.flamingo.job.answer.AnswerTask;
import dev.flamingo.job.answer.AskedQuestion;
import dev.flamingo.job.answer.AttachSupports;
import dev.flamingo.job.answer.PassOncePerId;
import dev.flamingo.job.answer.ReadQuestions;
import dev.flamingo.job.answer.ReceivedQuestion;
import dev.flamingo.job.answer.RegisteredSupport;
import dev.flamingo.job.answer.ResampleAsked;
import dev.flamingo.job.answer.SpeakAnswers;
import dev.flamingo.job.answer.StreamNews;
import dev.flamingo.job.answer.StreamReader;
import dev.flamingo.job.answer.SupportReader;
import dev.flamingo.job.answer.UnansweredQuestion;
import dev.flamingo.job.isolation.FailedRecord;
import dev.flamingo.job.isolation.IsolatedAsync;
import dev.flamingo.job.isolation.IsolatedBroadcastProcess;
import dev.flamingo.job.isolation.IsolatedCoProcess;
import dev.flamingo.job.isolation.IsolatedProcess;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.OutboundRecordSchema;
import dev.flamingo.job.kafka.ReadRecords;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.ReceivedRecordSchema;
import dev.flamingo.job.kafka.SideDoor;
import dev.flamingo.job.model.VideoModelProvider;
import dev.flamingo.job.video.EncodeFrames;
import dev.flamingo.job.video.EncodedFrame;
import dev.flamingo.job.video.Frame;
import dev.flamingo.job.video.FrameReader;
import dev.flamingo.job.video.FrameWindow;
import dev.flamingo.job.video.PassOncePerMoment;
import dev.flamingo.job.video.PublishTokens;
import dev.flamingo.job.video.ResampleWindows;
import dev.flamingo.job.video.VisualMemory;
import dev.flamingo.job.video.VisualWindow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The job as a graph: encode, remember, answer. */
public final class FlamingoJob {

  private static final Duration MODEL_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(15);
  private static final int FRAMES_IN_FLIGHT = 64;
  // Few: each carries the features of all frames that it shows.
  private static final int TASKS_IN_RESAMPLING = 32;
  // Answers under way, captions and withdrawals pass through the same operator, and must never fill
  // it up.
  private static final int TASKS_BESIDE_QUESTIONS = 512;

  private final JobConfig config;
  private final VideoModelProvider provider;
  private final Topics topics;
  private final UnansweredQuestion unanswered;

  private FlamingoJob(JobConfig config, VideoModelProvider provider) {
    this.config = config;
    this.provider = provider;
    this.topics = new Topics(config.prefix());
    unanswered = new UnansweredQuestion(config.prefix());
  }

  /**
   * Adds the job to an environment.
   *
   * @param provider opens the model wherever the job runs
   */
  public static void build(
      StreamExecutionEnvironment environment, JobConfig config, VideoModelProvider provider) {
    environment.configure(settings(config));
    environment.setParallelism(config.parallelism());
    environment.setBufferTimeout(1);
    new FlamingoJob(config, provider).addTo(environment);
  }

  private static Configuration settings(JobConfig config) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.NAME, "flamingo");
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
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
    return checkpoints.contains(":/") ? checkpoints : "file://" + checkpoints;
  }

  private void addTo(StreamExecutionEnvironment environment) {
    SingleOutputStreamOperator<Frame> frames =
        named(
            received(environment, topics.frames(), "frames", true)
                .process(
                    new ReadRecords<>(config.prefix(), FrameReader.BAD_FRAME, new FrameReader()),
                    TypeInformation.of(Frame.class)),
            "read-frames");
    SingleOutputStreamOperator<FrameWindow> memory =
        named(
            encode(frames)
                .keyBy(EncodedFrame::stream)
                .process(
                    new IsolatedProcess<>(
                        new VisualMemory(
                            config.prefix(),
                            config.memory().windowFrames(),
                            config.memory().kept()),
                        FailedRecord.passedOver()),
                    TypeInformation.of(FrameWindow.class)),
            "visual-memory");
    DataStream<VisualWindow> windows = resample(memory);

    SingleOutputStreamOperator<StreamNews> streams =
        named(
            received(environment, topics.streams(), "streams", false)
                .process(
                    new ReadRecords<>(config.prefix(), StreamReader.BAD_STREAM, new StreamReader()),
                    TypeInformation.of(StreamNews.class)),
            "read-streams");
    SingleOutputStreamOperator<ReceivedQuestion> read =
        named(
            received(environment, topics.questions(), "questions", true)
                .process(new ReadQuestions(config.prefix())),
            "read-questions");
    SingleOutputStreamOperator<RegisteredSupport> supports =
        named(
            received(environment, topics.supports(), "supports", false)
                .process(
                    new ReadRecords<>(
                        config.prefix(), SupportReader.BAD_SUPPORT, new SupportReader()),
                    TypeInformation.of(RegisteredSupport.class)),
            "read-supports");
    SingleOutputStreamOperator<AskedQuestion> once =
        named(
            read.keyBy(ReceivedQuestion::bucket)
                .process(
                    new IsolatedProcess<>(new PassOncePerId(), unanswered::of),
                    TypeInformation.of(AskedQuestion.class)),
            "pass-once-per-id");
    SingleOutputStreamOperator<AskedQuestion> questions =
        named(
            once.keyBy(AskedQuestion::stream)
                .connect(supports.broadcast(AttachSupports.SUPPORTS))
                .process(
                    new IsolatedBroadcastProcess<>(
                        new AttachSupports(config.prefix(), config.answers()), unanswered::of),
                    TypeInformation.of(AskedQuestion.class)),
            "attach-supports");
    DataStream<StreamNews> news =
        named(windows.map(StreamNews::of).returns(StreamNews.class), "window-news").union(streams);
    SingleOutputStreamOperator<AnswerTask> tasks =
        named(
            news.keyBy(StreamNews::stream)
                .connect(questions.keyBy(AskedQuestion::stream))
                .process(
                    new IsolatedCoProcess<>(
                        new AnswerQuestions(config.prefix(), config.memory(), config.answers()),
                        unanswered::of),
                    TypeInformation.of(AnswerTask.class)),
            "answer-questions");

    DataStream<OutboundRecord> tokens =
        named(windows.flatMap(new PublishTokens(config.prefix())), "publish-tokens");
    speak(resampleAsked(tasks))
        .union(
            tokens,
            tasks.getSideOutput(SideDoor.OUTBOUND),
            frames.getSideOutput(SideDoor.OUTBOUND),
            memory.getSideOutput(SideDoor.OUTBOUND),
            streams.getSideOutput(SideDoor.OUTBOUND),
            read.getSideOutput(SideDoor.OUTBOUND),
            once.getSideOutput(SideDoor.OUTBOUND),
            supports.getSideOutput(SideDoor.OUTBOUND),
            questions.getSideOutput(SideDoor.OUTBOUND))
        .sinkTo(sink())
        .name("outbound")
        .uid("outbound");
  }

  private DataStream<EncodedFrame> encode(DataStream<Frame> frames) {
    DataStream<Frame> once =
        named(
            frames
                .keyBy(Frame::stream)
                .process(
                    new IsolatedProcess<>(
                        new PassOncePerMoment(config.memory().kept()), FailedRecord.passedOver()),
                    TypeInformation.of(Frame.class)),
            "pass-once-per-moment");
    // Ordered: a window needs its frames in the order of capture.
    return named(
        AsyncDataStream.orderedWait(
            once,
            new IsolatedAsync<>(
                new EncodeFrames(provider, config.model()),
                EncodedFrame.class,
                FailedRecord.passedOver()),
            MODEL_TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS,
            FRAMES_IN_FLIGHT),
        "encode-frames");
  }

  private DataStream<VisualWindow> resample(DataStream<FrameWindow> windows) {
    return named(
        AsyncDataStream.orderedWait(
            windows,
            new IsolatedAsync<>(
                new ResampleWindows(provider, config.model()),
                VisualWindow.class,
                FailedRecord.passedOver()),
            MODEL_TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS,
            FRAMES_IN_FLIGHT),
        "resample-windows");
  }

  private DataStream<AnswerTask> resampleAsked(DataStream<AnswerTask> tasks) {
    // Ordered: a question is withdrawn after it was asked.
    return named(
        AsyncDataStream.orderedWait(
            tasks,
            new IsolatedAsync<>(
                new ResampleAsked(provider, config.model()), AnswerTask.class, (task, now) -> task),
            MODEL_TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS,
            TASKS_IN_RESAMPLING),
        "resample-asked");
  }

  private DataStream<OutboundRecord> speak(DataStream<AnswerTask> tasks) {
    // Unordered: a short answer need not wait for a long one. The queue holds all that may wait,
    // so that it is never the operator that blocks.
    return named(
        AsyncDataStream.unorderedWait(
            tasks,
            new IsolatedAsync<>(
                new SpeakAnswers(
                    provider,
                    config.model(),
                    new HashMap<>(config.kafka()),
                    config.prefix(),
                    config.answers().holdUnfamiliar()),
                OutboundRecord.class,
                unanswered::of),
            ANSWER_TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS,
            config.model().answer().waiting() + TASKS_BESIDE_QUESTIONS),
        "speak-answers");
  }

  @SuppressWarnings("deprecation") // the connector asks for this enumeration of Kafka's
  private DataStream<ReceivedRecord> received(
      StreamExecutionEnvironment environment, String topic, String name, boolean goOn) {
    Properties kafka = new Properties();
    // A question of a transaction that is aborted was never asked. Frames are taken as they come: a
    // transaction that is left open would blind all cameras of its partition.
    boolean committed = !topic.equals(topics.frames());
    kafka.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed ? "read_committed" : "read_uncommitted");
    kafka.putAll(config.kafka());
    // The registry is small and compacted: a job without a checkpoint has to see all of it.
    OffsetsInitializer start =
        goOn
            ? OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)
            : OffsetsInitializer.earliest();
    KafkaSource<ReceivedRecord> source =
        KafkaSource.<ReceivedRecord>builder()
            .setProperties(kafka)
            .setTopics(topic)
            .setGroupId(config.group())
            .setClientIdPrefix(config.group() + "-" + name)
            .setStartingOffsets(start)
            .setDeserializer(new ReceivedRecordSchema())
            .build();
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), name)
        .uid(name)
        .setParallelism(config.parallelism());
  }

  private KafkaSink<OutboundRecord> sink() {
    Properties kafka = new Properties();
    kafka.putAll(config.kafka());
    kafka.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    kafka.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.LARGEST_DEAD_LETTER));
    return KafkaSink.<OutboundRecord>builder()
        .setKafkaProducerConfig(kafka)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new OutboundRecordSchema(config.prefix()))
        .build();
  }

  private static <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String name) {
    return operator.name(name).uid(name);
  }
}
