package dev.flamingo.ingest.video;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/** Sends an RTP stream as datagrams in real time, but for the pictures that get lost. */
final class RtpSender implements AutoCloseable {

  private final DatagramSocket socket;
  private final int port;
  private final IntPredicate lost;
  private volatile RtpStream stream;
  private volatile boolean closed;

  /**
   * Begins to send.
   *
   * @param port where to on the loopback interface
   * @param lost which pictures get lost, by their number
   */
  RtpSender(RtpStream stream, int port, IntPredicate lost) throws IOException {
    this.stream = stream;
    this.port = port;
    this.lost = lost;
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::send, "rtp-sender");
    thread.setDaemon(true);
    thread.start();
  }

  /** Goes on with another stream, as a sender does that was started again. */
  void goOn(RtpStream next) {
    stream = next;
  }

  private void send() {
    for (int picture = 0; !closed; picture++) {
      for (byte[] packet : stream.next()) {
        if (lost.test(picture)) {
          continue;
        }
        try {
          socket.send(
              new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
          // Nobody listens there yet, or the socket is closed.
        }
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  @Override
  public void close() {
    closed = true;
    socket.close();
  }
}
