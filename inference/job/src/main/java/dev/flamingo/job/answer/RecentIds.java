package dev.flamingo.job.answer;

import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * The ids of the last questions about the current stream: bounded in number by a ring of slots, and
 * in time.
 */
final class RecentIds {

  private static final int MOST = 4_096;
  private static final Duration KEPT = Duration.ofHours(1);

  private final MapState<String, Integer> slots;
  private final MapState<Integer, String> ring;
  private final ValueState<Integer> next;

  RecentIds(RuntimeContext context) {
    StateTtlConfig ttl =
        StateTtlConfig.newBuilder(KEPT)
            .cleanupIncrementally(16, /* runCleanupForEveryRecord= */ false)
            .build();
    MapStateDescriptor<String, Integer> slot =
        new MapStateDescriptor<>("idSlots", String.class, Integer.class);
    MapStateDescriptor<Integer, String> id =
        new MapStateDescriptor<>("idRing", Integer.class, String.class);
    ValueStateDescriptor<Integer> at = new ValueStateDescriptor<>("idNext", Integer.class);
    slot.enableTimeToLive(ttl);
    id.enableTimeToLive(ttl);
    at.enableTimeToLive(ttl);
    slots = context.getMapState(slot);
    ring = context.getMapState(id);
    next = context.getState(at);
  }

  boolean contains(String id) throws Exception {
    return slots.contains(id);
  }

  /** Remembers an id that is not there yet, and forgets the oldest where there are too many. */
  void add(String id) throws Exception {
    Integer last = next.value();
    int slot = last == null ? 0 : last;
    String oldest = ring.get(slot);
    if (oldest != null) {
      slots.remove(oldest);
    }
    ring.put(slot, id);
    slots.put(id, slot);
    next.update((slot + 1) % MOST);
  }
}
