package dev.flamingo.job.answer;

import dev.flamingo.job.state.StoredIdV1;
import dev.flamingo.job.state.StoredRingV1;
import dev.flamingo.job.state.StoredTypes;
import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the last questions of the current bucket, each with its stream: bounded in number by a
 * ring of slots, and in time. The oldest leave when the bucket is looked at.
 */
final class RecentQuestions {

  private static final int MOST = 256;
  private static final long KEPT_MILLIS = Duration.ofHours(1).toMillis();

  private final MapState<String, StoredIdV1> ids;
  private final MapState<Integer, String> slots;
  private final ValueState<StoredRingV1> ring;
  private final long openedAt;

  /**
   * Opens what a checkpoint left.
   *
   * @param openedAt when the operator began: while the job is down no id grows old
   */
  RecentQuestions(RuntimeContext context, long openedAt) {
    this.openedAt = openedAt;
    ids = context.getMapState(new MapStateDescriptor<>("ids", Types.STRING, StoredTypes.ID.info()));
    slots = context.getMapState(new MapStateDescriptor<>("slots", Types.INT, Types.STRING));
    ring = context.getState(new ValueStateDescriptor<>("ring", StoredTypes.RING.info()));
  }

  /**
   * Returns the stream of the question with an id, or null where there was none lately.
   *
   * @param now milliseconds since 1970
   */
  @Nullable String streamOf(String id, long now) throws Exception {
    forgetBefore(now - KEPT_MILLIS);
    StoredIdV1 known = ids.get(id);
    return known == null ? null : known.stream();
  }

  /** Remembers an id that is not there yet, and forgets the oldest where there are too many. */
  void add(String id, String stream, long now) throws Exception {
    StoredRingV1 taken = ring.value() == null ? new StoredRingV1(0, 0) : ring.value();
    if (taken.next() - taken.first() >= MOST) {
      taken = withoutOldest(taken);
    }
    slots.put((int) (taken.next() % MOST), id);
    ids.put(id, new StoredIdV1(stream, now));
    ring.update(new StoredRingV1(taken.first(), taken.next() + 1));
  }

  private void forgetBefore(long time) throws Exception {
    StoredRingV1 before = ring.value();
    StoredRingV1 taken = before;
    while (taken != null && taken.first() < taken.next()) {
      StoredIdV1 oldest = ids.get(slots.get((int) (taken.first() % MOST)));
      if (oldest != null && Math.max(oldest.askedAt(), openedAt) >= time) {
        break;
      }
      taken = withoutOldest(taken);
    }
    if (taken != null && !taken.equals(before)) {
      ring.update(taken);
    }
  }

  private StoredRingV1 withoutOldest(StoredRingV1 taken) throws Exception {
    int slot = (int) (taken.first() % MOST);
    ids.remove(slots.get(slot));
    slots.remove(slot);
    return new StoredRingV1(taken.first() + 1, taken.next());
  }
}
