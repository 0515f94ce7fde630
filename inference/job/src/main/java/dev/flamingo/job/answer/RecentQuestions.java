package dev.flamingo.job.answer;

import dev.flamingo.job.video.EndedStreams;
import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the last questions of the current bucket, each with its stream: bounded in number by a
 * ring of slots, and in time.
 */
final class RecentQuestions {

  private static final int MOST = 256;
  private static final Duration KEPT = Duration.ofHours(1);

  private final MapState<String, String> streams;
  private final MapState<Integer, String> ring;
  private final ValueState<Integer> next;

  RecentQuestions(RuntimeContext context) {
    StateTtlConfig ttl = EndedStreams.forgottenAfter(KEPT);
    MapStateDescriptor<String, String> stream =
        new MapStateDescriptor<>("streams", String.class, String.class);
    MapStateDescriptor<Integer, String> id =
        new MapStateDescriptor<>("ring", Integer.class, String.class);
    ValueStateDescriptor<Integer> at = new ValueStateDescriptor<>("next", Integer.class);
    stream.enableTimeToLive(ttl);
    id.enableTimeToLive(ttl);
    at.enableTimeToLive(ttl);
    streams = context.getMapState(stream);
    ring = context.getMapState(id);
    next = context.getState(at);
  }

  /** Returns the stream of the question with an id, or null where there was none lately. */
  @Nullable String streamOf(String id) throws Exception {
    return streams.get(id);
  }

  /** Remembers an id that is not there yet, and forgets the oldest where there are too many. */
  void add(String id, String stream) throws Exception {
    Integer last = next.value();
    int slot = last == null ? 0 : last;
    String oldest = ring.get(slot);
    if (oldest != null) {
      streams.remove(oldest);
    }
    ring.put(slot, id);
    streams.put(id, stream);
    next.update((slot + 1) % MOST);
  }
}
