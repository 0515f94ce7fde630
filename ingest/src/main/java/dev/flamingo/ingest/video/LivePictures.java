package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** All pictures of an input, decoded as they come. Confined to one thread. */
final class LivePictures implements AutoCloseable {

  private final VideoInput input;
  private final TimedPackets packets;
  private final PictureDecoder decoder;
  private final AVFrame picture = av_frame_alloc();

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
    input.await();
    while (true) {
      switch (decoder.receive(picture)) {
        case PICTURE -> {
          return picture;
        }
        case HUNGRY -> feed();
        case FAILED -> {}
        case DRAINED -> {
          return null;
        }
      }
    }
  }

  private void feed() {
    AVPacket packet = packets.packet();
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
    av_frame_free(picture);
  }
}
