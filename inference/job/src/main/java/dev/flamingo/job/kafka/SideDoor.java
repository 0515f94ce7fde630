package dev.flamingo.job.kafka;

import org.apache.flink.util.OutputTag;

/** The side of an operator where records go that leave the job at once. */
public final class SideDoor {

  /** Dead letters and failed answers. */
  public static final OutputTag<OutboundRecord> OUTBOUND =
      new OutputTag<>(
          "outbound",
          org.apache.flink.api.common.typeinfo.TypeInformation.of(OutboundRecord.class));

  private SideDoor() {}
}
