package dev.flamingo.job.answer;

import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.SideDoor;
import java.time.InstantSource;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Passes the first question of an id on, whatever its stream, and drops repeats: an id is answered
 * once. A question that was refused counts, too. A withdrawal is sent to the stream of its
 * question.
 */
public final class PassOncePerId
    extends KeyedProcessFunction<Integer, ReceivedQuestion, AskedQuestion> {

  private static final long serialVersionUID = 1;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient RecentQuestions recent;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient Counter repeated;

  @Override
  public void open(OpenContext context) {
    recent = new RecentQuestions(getRuntimeContext(), InstantSource.system().millis());
    repeated = getRuntimeContext().getMetricGroup().counter("questionsRepeated");
  }

  @Override
  public void processElement(
      ReceivedQuestion received, Context context, Collector<AskedQuestion> first) throws Exception {
    AskedQuestion question = received.question();
    OutboundRecord refusal = received.refusal();
    long now = context.timerService().currentProcessingTime();
    String stream = recent.streamOf(received.id(), now);
    if (question != null && question.cancel()) {
      if (stream != null) {
        first.collect(question.on(stream));
      }
    } else if (stream != null) {
      repeated.inc();
    } else {
      recent.add(received.id(), received.stream(), now);
      if (question != null) {
        first.collect(question);
      } else if (refusal != null) {
        context.output(SideDoor.OUTBOUND, refusal);
      }
    }
  }
}
