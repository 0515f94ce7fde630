package dev.flamingo.job.answer;

import dev.flamingo.job.kafka.OutboundRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the questions, read. Exactly one of the question and the refusal is set.
 *
 * @param id of the question
 * @param stream which camera; empty where it could not be read
 * @param question what is asked or withdrawn
 * @param refusal the answer that says why nothing can be
 */
public record ReceivedQuestion(
    String id, String stream, @Nullable AskedQuestion question, @Nullable OutboundRecord refusal) {

  private static final int BUCKETS = 512;

  static ReceivedQuestion asked(AskedQuestion question) {
    return new ReceivedQuestion(question.id(), question.stream(), question, null);
  }

  static ReceivedQuestion refused(String id, @Nullable String stream, OutboundRecord refusal) {
    return new ReceivedQuestion(id, stream == null ? "" : stream, null, refusal);
  }

  /** Returns where its id is remembered: equal ids in one bucket, all buckets alike. */
  public int bucket() {
    // Not the hash alone: ids that are counted would fill one bucket after the other.
    int hash = id.hashCode() * 0x9e3779b9;
    return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
  }
}
