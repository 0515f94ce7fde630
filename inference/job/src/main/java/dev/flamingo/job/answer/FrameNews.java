package dev.flamingo.job.answer;

import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.SideDoor;
import dev.flamingo.job.video.EncodedFrame;
import dev.flamingo.job.video.FrameReader;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Makes news of the frames that could be encoded, and dead letters of the others. */
public final class FrameNews extends ProcessFunction<EncodedFrame, StreamNews> {

  private static final long serialVersionUID = 1;

  private final String prefix;

  /** Makes one for topics of this prefix. */
  public FrameNews(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public void processElement(EncodedFrame frame, Context context, Collector<StreamNews> news) {
    ReceivedRecord broken = frame.broken();
    if (broken != null) {
      context.output(
          SideDoor.OUTBOUND,
          OutboundRecord.deadLetter(
              new Topics(prefix), broken, FrameReader.BAD_FRAME, String.valueOf(frame.problem())));
    } else {
      news.collect(StreamNews.of(frame));
    }
  }
}
