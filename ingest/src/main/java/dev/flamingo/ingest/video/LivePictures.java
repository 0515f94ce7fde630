package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * All pictures of an input, decoded as they come, also where it goes on in another codec. Confined
 * to one thread.
 */
final class LivePictures implements AutoCloseable {

  private final VideoInput input;
  private final TimedPackets packets;
  private final PictureDecoder decoder;
  private final AVFrame picture = av_frame_alloc();

  /** The first packet for another decoder, while this one is emptied. */
  private @Nullable AVPacket other;

  LivePictures(VideoInput input, TimedPackets packets, PictureDecoder decoder) {
    this.input = input;
    this.packets = packets;
    this.decoder = decoder;
  }

  /**
   * Waits for the next picture.
   *
   * @return the picture, valid until the next call; null at the end
   * @throws VideoStalledException if nothing came for as long as the address allows
   * @throws VideoException if reading failed
   */
  @Nullable AVFrame next() {
    input.packets().await();
    while (true) {
      switch (decoder.receive(picture)) {
        case PICTURE -> {
          return picture;
        }
        case HUNGRY -> feed();
        case FAILED -> {}
        case DRAINED -> {
          AVPacket next = other;
          if (next == null) {
            return null;
          }
          other = null;
          try {
            decoder.reopen(next);
            decoder.send(next, /* unlessReferenced= */ false);
          } finally {
            av_packet_free(next);
          }
        }
      }
    }
  }

  private void feed() {
    AVPacket packet = packets.packet();
    if (packet != null && !decoder.fits(packet)) {
      other = packet;
      send(null);
    } else {
      send(packet);
    }
  }

  private void send(@Nullable AVPacket packet) {
    try {
      decoder.send(packet, /* unlessReferenced= */ false);
    } finally {
      if (packet != null) {
        av_packet_free(packet);
      }
    }
  }

  @Override
  public void close() {
    AVPacket waiting = other;
    if (waiting != null) {
      av_packet_free(waiting);
      other = null;
    }
    av_frame_free(picture);
  }
}
