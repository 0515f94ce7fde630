package dev.flamingo.ingest.video;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * MPEG-4 as RTP packets (RFC 3550, RFC 6416): a clip's pictures at ten a second, over and over. The
 * left half of picture i is as bright as the test says.
 */
final class RtpStream {

  private static final int LARGEST = 1200;
  private static final int PAYLOAD_TYPE = 96;

  private final List<byte[]> pictures;
  private final int source;
  private int sequence;
  private int count;

  private RtpStream(List<byte[]> pictures, int source, int sequence) {
    this.pictures = pictures;
    this.source = source;
    this.sequence = sequence;
  }

  /**
   * Pictures with a keyframe every 12.
   *
   * @param luma how bright each left half is, as FFmpeg's expression of N
   */
  static RtpStream of(Path folder, int pictures, String luma) throws IOException {
    String view =
        "nullsrc=s=128x128:r=10,geq=lum='if(lt(X,64),%s,16)':cb=128:cr=128".formatted(luma);
    String coding = "-c:v mpeg4 -q:v 2 -g 12 -bf 0 -sc_threshold 1000000000";
    // Each keyframe is to bring the headers.
    String headers = "-flags +global_header -bsf:v dump_extra";
    String arguments = "-f lavfi -i %s -frames:v %d %s %s rtp.m4v";
    Path clip = FfmpegProgram.write(folder, arguments.formatted(view, pictures, coding, headers));
    return new RtpStream(pictures(Files.readAllBytes(clip)), /* source= */ 7, /* sequence= */ 0);
  }

  /** The same from its start, as a sender has it that was started again. */
  RtpStream restarted(int newSource, int firstSequence) {
    return new RtpStream(pictures, newSource, firstSequence);
  }

  /** What describes it: one video, which is controlled as {@code video}. */
  static String sdp(int port, String more) {
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=camera",
        "c=IN IP4 127.0.0.1",
        "t=0 0",
        "m=video " + port + " RTP/AVP " + PAYLOAD_TYPE,
        "a=rtpmap:" + PAYLOAD_TYPE + " MP4V-ES/90000",
        "a=control:video",
        more);
  }

  /** The packets of the next picture. */
  List<byte[]> next() {
    byte[] picture = pictures.get(count % pictures.size());
    List<byte[]> packets = new ArrayList<>();
    for (int at = 0; at < picture.length; at += LARGEST) {
      int length = Math.min(LARGEST, picture.length - at);
      boolean last = at + length == picture.length;
      ByteBuffer packet = ByteBuffer.allocate(12 + length);
      packet.put((byte) 0x80).put((byte) (last ? PAYLOAD_TYPE | 128 : PAYLOAD_TYPE));
      packet.putShort((short) sequence++).putInt(count * 9000).putInt(source);
      packets.add(packet.put(picture, at, length).array());
    }
    count++;
    return packets;
  }

  /** The control packet that says goodbye. */
  byte[] bye() {
    ByteBuffer packet = ByteBuffer.allocate(16);
    // An empty report comes first, as it must.
    packet.put((byte) 0x80).put((byte) 201).putShort((short) 1).putInt(source);
    packet.put((byte) 0x81).put((byte) 203).putShort((short) 1).putInt(source);
    return packet.array();
  }

  /** A picture begins at the headers that precede it, and ends where the next one's begin. */
  private static List<byte[]> pictures(byte[] stream) {
    List<byte[]> pictures = new ArrayList<>();
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    boolean seen = false;
    for (int i = 0; i < stream.length; i++) {
      boolean startCode =
          i + 3 < stream.length && stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
      if (startCode && seen) {
        pictures.add(picture.toByteArray());
        picture.reset();
        seen = false;
      }
      seen |= startCode && (stream[i + 3] & 255) == 0xB6;
      picture.write(stream[i]);
    }
    pictures.add(picture.toByteArray());
    return pictures;
  }
}
