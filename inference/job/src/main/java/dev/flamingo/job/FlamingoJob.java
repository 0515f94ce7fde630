package dev.flamingo.job;

import dev.flamingo.events.Topics;
import dev.flamingo.job.answer.AnswerQuestions;
import dev.flamingo.job.answer.AskedQuestion;
import dev.flamingo.job.answer.AttachSupports;
import dev.flamingo.job.answer.FrameNews;
import dev.flamingo.job.answer.PassOncePerId;
import dev.flamingo.job.answer.PublishTokens;
import dev.flamingo.job.answer.ReadQuestions;
import dev.flamingo.job.answer.ReceivedQuestion;
import dev.flamingo.job.answer.RegisteredSupport;
import dev.flamingo.job.answer.ResampleWindows;
import dev.flamingo.job.answer.SpeakAnswers;
import dev.flamingo.job.answer.StreamNews;
import dev.flamingo.job.answer.StreamReader;
import dev.flamingo.job.answer.SupportReader;
import dev.flamingo.job.answer.UnansweredQuestion;
import dev.flamingo.job.answer.VisualHistory;
import dev.flamingo.job.answer.VisualTask;
import dev.flamingo.job.isolation.FailedRecord;
import dev.flamingo.job.isolation.IsolatedAsync;
import dev.flamingo.job.isolation.IsolatedBroadcastProcess;
import dev.flamingo.job.isolation.IsolatedCoProcess;
import dev.flamingo.job.isolation.IsolatedProcess;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.ReadRecords;
import dev.flamingo.job.kafka.SideDoor;
import dev.flamingo.job.model.VideoModelProvider;
import dev.flamingo.job.state.StoredTaskV1;
import dev.flamingo.job.state.StoredTypes;
import dev.flamingo.job.state.StoredVisualTaskV1;
import dev.flamingo.job.video.EncodeFrames;
import dev.flamingo.job.video.EncodedFrame;
import dev.flamingo.job.video.Frame;
import dev.flamingo.job.video.FrameReader;
import dev.flamingo.job.video.PassOncePerMoment;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

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

  private final StreamExecutionEnvironment environment;
  private final JobConfig config;
  private final VideoModelProvider provider;
  private final Topics topics;
  private final KafkaEnds kafka;
  private final UnansweredQuestion unanswered;

  private FlamingoJob(
      StreamExecutionEnvironment environment, JobConfig config, VideoModelProvider provider) {
    this.environment = environment;
    this.config = config;
    this.provider = provider;
    topics = new Topics(config.prefix());
    kafka = new KafkaEnds(config);
    unanswered = new UnansweredQuestion(config.prefix());
  }

  /**
   * Adds the job to an environment.
   *
   * @param provider opens the model wherever the job runs
   */
  public static void build(
      StreamExecutionEnvironment environment, JobConfig config, VideoModelProvider provider) {
    environment.configure(FlinkSettings.of(config));
    environment.setParallelism(config.parallelism());
    environment.setBufferTimeout(1);
    new FlamingoJob(environment, config, provider).add();
  }

  private void add() {
    SingleOutputStreamOperator<Frame> frames =
        named(
            kafka
                .goingOn(environment, topics.frames(), "frames")
                .process(
                    new ReadRecords<>(config.prefix(), FrameReader.BAD_FRAME, new FrameReader()),
                    TypeInformation.of(Frame.class)),
            "read-frames");
    SingleOutputStreamOperator<StreamNews> seen =
        named(encode(frames).process(new FrameNews(config.prefix())), "frame-news");
    SingleOutputStreamOperator<StreamNews> streams =
        named(
            kafka
                .whole(environment, topics.streams(), "streams")
                .process(
                    new ReadRecords<>(config.prefix(), StreamReader.BAD_STREAM, new StreamReader()),
                    TypeInformation.of(StreamNews.class)),
            "read-streams");
    SingleOutputStreamOperator<ReceivedQuestion> read =
        named(
            kafka
                .goingOn(environment, topics.questions(), "questions")
                .process(new ReadQuestions(config.prefix())),
            "read-questions");
    SingleOutputStreamOperator<RegisteredSupport> supports =
        named(
            kafka
                .whole(environment, topics.supports(), "supports")
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
    SingleOutputStreamOperator<StoredVisualTaskV1> tasks =
        named(
            seen.union(streams)
                .keyBy(StreamNews::stream)
                .connect(questions.keyBy(AskedQuestion::stream))
                .process(
                    new IsolatedCoProcess<>(
                        new AnswerQuestions(config.prefix(), config.memory(), config.answers()),
                        unanswered::of),
                    StoredTypes.VISUAL_TASK.info()),
            "answer-questions");
    DataStream<VisualTask> shown = resample(tasks);
    SingleOutputStreamOperator<StoredTaskV1> answers =
        named(
            shown
                .keyBy(VisualTask::stream)
                .process(
                    new IsolatedProcess<>(
                        new VisualHistory(config.prefix(), config.memory()), unanswered::of),
                    StoredTypes.TASK.info()),
            "visual-history");
    speak(answers)
        .union(
            named(shown.flatMap(new PublishTokens(config.prefix())), "publish-tokens"),
            frames.getSideOutput(SideDoor.OUTBOUND),
            seen.getSideOutput(SideDoor.OUTBOUND),
            streams.getSideOutput(SideDoor.OUTBOUND),
            read.getSideOutput(SideDoor.OUTBOUND),
            once.getSideOutput(SideDoor.OUTBOUND),
            supports.getSideOutput(SideDoor.OUTBOUND),
            questions.getSideOutput(SideDoor.OUTBOUND),
            tasks.getSideOutput(SideDoor.OUTBOUND),
            answers.getSideOutput(SideDoor.OUTBOUND))
        .sinkTo(kafka.sink())
        .name("outbound")
        .uid("outbound");
  }

  private DataStream<EncodedFrame> encode(DataStream<Frame> frames) {
    // Ordered: a window needs its frames in the order of capture.
    return named(
        AsyncDataStream.orderedWait(
            named(
                frames
                    .keyBy(Frame::stream)
                    .process(
                        new IsolatedProcess<>(
                            new PassOncePerMoment(config.memory().kept()),
                            FailedRecord.passedOver()),
                        StoredTypes.FRAME.info()),
                "pass-once-per-moment"),
            new IsolatedAsync<>(
                new EncodeFrames(provider, config.model()),
                EncodedFrame.class,
                FailedRecord.passedOver()),
            MODEL_TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS,
            FRAMES_IN_FLIGHT),
        "encode-frames");
  }

  private DataStream<VisualTask> resample(DataStream<StoredVisualTaskV1> tasks) {
    // Ordered: a question is withdrawn after it was asked, and looks at what was kept before.
    return named(
        AsyncDataStream.orderedWait(
            tasks,
            new IsolatedAsync<>(
                new ResampleWindows(provider, config.model()),
                VisualTask.class,
                (stored, now) -> VisualTask.of(stored)),
            MODEL_TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS,
            TASKS_IN_RESAMPLING),
        "resample-windows");
  }

  private DataStream<OutboundRecord> speak(DataStream<StoredTaskV1> tasks) {
    // Unordered: a short answer need not wait for a long one. The queue holds all that may wait,
    // so that it is never the operator that blocks.
    return named(
        AsyncDataStream.unorderedWait(
            tasks,
            new IsolatedAsync<>(
                new SpeakAnswers(
                    provider,
                    config.model(),
                    new HashMap<>(config.kafka().properties()),
                    config.prefix(),
                    config.answers().holdUnfamiliar()),
                OutboundRecord.class,
                unanswered::of),
            ANSWER_TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS,
            config.model().answer().waiting() + TASKS_BESIDE_QUESTIONS),
        "speak-answers");
  }

  private static <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String name) {
    return operator.name(name).uid(name);
  }
}
