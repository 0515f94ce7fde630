package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way to the decoder, in the order in which it takes them, and what their
 * timestamps tell about the pictures that come, in the order in which these are shown. Owns the
 * packets until they are polled.
 */
final class HeldPackets implements AutoCloseable {

  /** More than a second of any rate and a decoder's reordering. */
  private static final int MAX_PACKETS = 512;

  private static final long MAX_BYTES = 16L << 20;

  private static final long NO_TIME = AV_NOPTS_VALUE();

  /**
   * One packet.
   *
   * @param packet the caller's to free once it is polled
   * @param entry whether a decoder can begin here
   * @param headers whether it carries what later packets need
   * @param afresh whether packets before it were skipped
   */
  record Held(AVPacket packet, EntryPoint entry, boolean headers, boolean afresh) {

    long pts() {
      return packet.pts();
    }
  }

  /**
   * A picture that comes.
   *
   * @param pts its timestamp, in the stream's time base
   * @param duration how long it stays, in the same, or 0
   */
  record Upcoming(long pts, long duration) {}

  private final Deque<Held> packets = new ArrayDeque<>();
  private final TreeMap<Long, Upcoming> ahead = new TreeMap<>();
  private long bytes;
  private long lastDts;
  private long lastTold;

  /** Begins anew: what follows stands in no relation to what was told. */
  void restart() {
    ahead.clear();
    lastDts = Long.MIN_VALUE;
    lastTold = Long.MIN_VALUE;
  }

  /** Whether a packet's own times make sense. */
  static boolean isTimed(AVPacket packet) {
    return packet.pts() != NO_TIME
        && (packet.dts() == NO_TIME || packet.dts() <= packet.pts())
        && (packet.flags() & AV_PKT_FLAG_CORRUPT) == 0;
  }

  /** Whether a packet's times go with those before it. */
  boolean isInOrder(AVPacket packet) {
    return isTimed(packet)
        && (packet.dts() == NO_TIME || packet.dts() > lastDts)
        && (isHidden(packet) || (packet.pts() > lastTold && !ahead.containsKey(packet.pts())));
  }

  /** An edit list's: the decoder needs it and shows nothing. */
  private static boolean isHidden(AVPacket packet) {
    return (packet.flags() & AV_PKT_FLAG_DISCARD) != 0;
  }

  /** Appends a packet, and announces its picture. */
  void announce(AVPacket packet, EntryPoint entry, boolean headers) {
    if (packet.dts() != NO_TIME) {
      lastDts = packet.dts();
    }
    if (!isHidden(packet)) {
      ahead.put(packet.pts(), new Upcoming(packet.pts(), packet.duration()));
    }
    append(new Held(packet, entry, headers, /* afresh= */ false));
  }

  /** Appends a packet of which nothing is to be told. */
  void append(AVPacket packet) {
    append(new Held(packet, EntryPoint.NONE, /* headers= */ false, /* afresh= */ false));
  }

  private void append(Held held) {
    packets.addLast(held);
    bytes += held.packet.size();
  }

  /** Whether no more ought to be held. */
  boolean isFull() {
    return packets.size() >= MAX_PACKETS || bytes >= MAX_BYTES;
  }

  /**
   * The next picture that is shown, each once; null where a packet to come may precede it.
   *
   * @param all whether no packet comes any more
   */
  @Nullable Upcoming tell(boolean all) {
    // Pictures are decoded no later than they are shown.
    if (ahead.isEmpty() || !(all || ahead.firstKey() <= lastDts)) {
      return null;
    }
    // Whoever asks for what was told so far asks for the last one.
    skipTo(lastTold);
    lastTold = ahead.firstKey();
    return ahead.remove(lastTold);
  }

  /** What has not been told is told by nobody here. */
  void fallSilent() {
    ahead.clear();
  }

  /**
   * Drops what the picture of that time and those after it do not need: everything before the last
   * entry point in front of it.
   */
  void skipTo(long pts) {
    int at = 0;
    int entry = 0;
    boolean headers = false;
    boolean here = false;
    for (Held next : packets) {
      headers |= next.headers;
      if (next.entry != EntryPoint.NONE && next.pts() <= pts && (next.headers || !headers)) {
        entry = at;
      }
      here = next.pts() == pts;
      if (here) {
        break;
      }
      at++;
    }
    if (!here || entry == 0) {
      return;
    }
    for (int i = 0; i < entry; i++) {
      drop(packets.removeFirst());
    }
    Held first = packets.removeFirst();
    packets.addFirst(new Held(first.packet, first.entry, first.headers, /* afresh= */ true));
  }

  /** Takes the next packet, or null. */
  @Nullable Held poll() {
    Held first = packets.pollFirst();
    if (first != null) {
      bytes -= first.packet.size();
    }
    return first;
  }

  private void drop(Held held) {
    bytes -= held.packet.size();
    av_packet_free(held.packet);
  }

  /** Frees everything that is held. */
  @Override
  public void close() {
    for (Held first = packets.pollFirst(); first != null; first = packets.pollFirst()) {
      drop(first);
    }
    restart();
  }
}
