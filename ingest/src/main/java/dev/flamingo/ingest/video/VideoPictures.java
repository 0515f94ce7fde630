package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import dev.flamingo.ingest.video.HeldPackets.Held;
import dev.flamingo.ingest.video.HeldPackets.Upcoming;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of an input in presentation order, each decoded only where it is asked for: packets
 * are held back, their timestamps tell which pictures come next, and a decoder's work is what the
 * asked-for picture needs. What is told and what is decoded are the same as if everything were.
 *
 * <p>That needs a stream in good order. Until its first entry point, and from anything odd (no
 * timestamps, times out of order, a bad packet, a damaged picture, one that does not come) until
 * the next closed entry point, everything is decoded. What the decoder guesses in place of damage
 * may depend on what it has decoded before. Confined to one thread.
 */
final class VideoPictures implements AutoCloseable {

  private final VideoInput input;
  private final PictureDecoder decoder;
  private PacketInspector inspector;
  private final HeldPackets held = new HeldPackets();
  private final AVFrame fresh = av_frame_alloc();
  private final KeptPictures kept = new KeptPictures();

  /** The picture that was told of last. */
  private @Nullable Picture told;

  /** Told, and not out of the decoder: nobody is to be told again. */
  private final TreeSet<Long> behind = new TreeSet<>();

  private long count;
  private boolean orderly;
  private boolean untouched = true;
  private boolean pending;
  private boolean ended;
  private @Nullable AVPacket entry;
  private long lastMicros;

  /**
   * Reads an input's pictures.
   *
   * @param decoder the input's, which stays the caller's
   */
  VideoPictures(VideoInput input, PictureDecoder decoder) {
    this.input = input;
    this.decoder = decoder;
    this.inspector = inspect();
  }

  private PacketInspector inspect() {
    return new PacketInspector(decoder.codec(), input.video().codecpar());
  }

  /**
   * Tells of the next picture. What the one before it showed can still be had then, nothing older.
   *
   * @return null at the end
   * @throws VideoStalledException if nothing came for as long as the address allows
   * @throws VideoException if reading failed
   */
  @Nullable Picture next() {
    input.packets().await();
    while (true) {
      if (orderly) {
        Upcoming upcoming = held.tell(ended);
        if (upcoming != null) {
          behind.add(upcoming.pts());
          return tell(upcoming.pts(), input.micros(upcoming.pts()), upcoming.duration());
        }
        if (ended) {
          return null;
        }
        pull();
        continue;
      }
      switch (receive()) {
        case PICTURE -> {
          if (!behind.remove(fresh.pts())) {
            Picture picture = tell(fresh.pts(), input.micros(fresh, lastMicros), fresh.duration());
            kept.keep(fresh, picture);
            return picture;
          }
          keepTold();
        }
        case HUNGRY -> feed(Long.MIN_VALUE);
        case FAILED -> {}
        case DRAINED -> {
          if (entry == null) {
            return null;
          }
          begin(entry);
        }
      }
    }
  }

  /**
   * Decodes a picture.
   *
   * @param picture the one that was told last or the one before it
   * @return what it shows, valid until the next call of any method; null if it does not come
   * @throws VideoStalledException if nothing came for as long as the address allows
   * @throws VideoException if reading failed
   */
  @Nullable AVFrame decode(Picture picture) {
    input.packets().await();
    if (orderly) {
      held.skipTo(picture.pts());
    }
    while (true) {
      AVFrame content = kept.find(picture);
      if (content != null) {
        return content;
      }
      if (pending || !behind.contains(picture.pts())) {
        return null;
      }
      switch (receive()) {
        case PICTURE -> sort(picture);
        case HUNGRY -> feed(picture.pts());
        case FAILED -> fallBack();
        case DRAINED -> {
          fallBack();
          return null;
        }
      }
    }
  }

  /** A picture came out while a told one is waited for. */
  private void sort(Picture wanted) {
    long pts = fresh.pts();
    if (pts < wanted.pts() && behind.remove(pts)) {
      keepTold();
    } else if (pts == wanted.pts()) {
      behind.headSet(pts, true).clear();
      kept.keep(fresh, wanted);
    } else {
      // The wanted one was left out.
      behind.remove(wanted.pts());
      pending = true;
      fallBack();
    }
  }

  /** Goes back to the start. */
  void rewind() {
    input.rewind();
    forget();
    decoder.flush();
    orderly = false;
    untouched = true;
    ended = false;
  }

  private Picture tell(long pts, long micros, long duration) {
    lastMicros = micros;
    Picture picture = new Picture(count++, pts, micros, input.durationMicros(duration));
    told = picture;
    return picture;
  }

  private PictureDecoder.State receive() {
    if (pending) {
      pending = false;
      return PictureDecoder.State.PICTURE;
    }
    return decoder.receive(fresh);
  }

  private void keepTold() {
    Picture last = told;
    kept.keep(fresh, last != null && last.pts() == fresh.pts() ? last : null);
  }

  /** Gives the decoder what it needs next for the picture of that time. */
  private void feed(long wanted) {
    Held next = held.poll();
    if (next == null) {
      if (entry != null && untouched) {
        begin(entry);
      } else if (ended || entry != null) {
        decoder.send(null, /* unlessReferenced= */ false);
      } else {
        pull();
      }
      return;
    }
    try {
      if (next.afresh()) {
        decoder.flush();
      }
      untouched = false;
      boolean spare = orderly && next.pts() < wanted && inspector.knowsUnreferenced();
      if (!decoder.send(next.packet(), spare)) {
        fallBack();
      }
    } finally {
      av_packet_free(next.packet());
    }
  }

  /** Holds the next packet, and looks whether all is well. */
  private void pull() {
    long bad = input.corrupt().count();
    AVPacket packet = input.packets().next();
    if (packet == null) {
      ended = true;
      return;
    }
    if (!decoder.fits(packet)) {
      fallBack();
      entry = packet;
      return;
    }
    if (input.corrupt().count() != bad || !held.isInOrder(packet) || held.isFull()) {
      fallBack();
    }
    EntryPoint kind = inspector.entry(packet);
    if (orderly) {
      held.announce(packet, kind, inspector.carriesHeaders(packet));
    } else if (HeldPackets.isTimed(packet)
        && (kind == EntryPoint.CLOSED || (kind == EntryPoint.OPEN && untouched))) {
      entry = packet;
    } else {
      held.append(packet);
    }
  }

  /** Everything is decoded from here on, and told as it comes. */
  private void fallBack() {
    orderly = false;
    held.fallSilent();
  }

  /** The decoder is empty: nothing before this packet matters any more. */
  private void begin(AVPacket packet) {
    entry = null;
    behind.clear();
    held.restart();
    boolean fits = decoder.fits(packet);
    if (fits && !untouched) {
      decoder.flush();
    } else if (!fits) {
      try {
        decoder.reopen(packet);
      } catch (VideoException e) {
        av_packet_free(packet);
        throw e;
      }
      inspector = inspect();
      untouched = true;
    }
    EntryPoint kind = inspector.entry(packet);
    orderly =
        HeldPackets.isTimed(packet)
            && (kind == EntryPoint.CLOSED || (kind == EntryPoint.OPEN && untouched));
    if (orderly) {
      held.announce(packet, EntryPoint.CLOSED, inspector.carriesHeaders(packet));
    } else {
      held.append(packet);
    }
  }

  private void forget() {
    held.close();
    behind.clear();
    av_frame_unref(fresh);
    pending = false;
    AVPacket waiting = entry;
    if (waiting != null) {
      av_packet_free(waiting);
      entry = null;
    }
  }

  @Override
  public void close() {
    forget();
    av_frame_free(fresh);
    kept.close();
  }
}
