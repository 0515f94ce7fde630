package dev.flamingo.job.kafka;

import dev.flamingo.events.Topics;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Reads the records of a topic. One that its reader cannot read, whatever the reader throws,
 * becomes a dead letter.
 *
 * @param <T> what is read
 */
public final class ReadRecords<T> extends ProcessFunction<ReceivedRecord, T> {

  private static final long serialVersionUID = 1;

  private final String prefix;
  private final String code;
  private final RecordReader<T> reader;

  /**
   * Makes one.
   *
   * @param prefix of the topics
   * @param code what a dead letter is called
   */
  public ReadRecords(String prefix, String code, RecordReader<T> reader) {
    this.prefix = prefix;
    this.code = code;
    this.reader = reader;
  }

  @Override
  public void open(OpenContext context) {
    reader.open();
  }

  @Override
  public void processElement(ReceivedRecord received, Context context, Collector<T> read) {
    T event;
    try {
      event = reader.read(received, context.timerService().currentProcessingTime());
    } catch (RuntimeException e) {
      context.output(
          SideDoor.OUTBOUND,
          OutboundRecord.deadLetter(new Topics(prefix), received, code, Reason.of(e)));
      return;
    }
    // Outside: what fails behind this operator is not the record's fault.
    read.collect(event);
  }
}
