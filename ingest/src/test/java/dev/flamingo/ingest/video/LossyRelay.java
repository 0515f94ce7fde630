package dev.flamingo.ingest.video;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A network that loses every n-th datagram on the way from a sender to a receiver. */
final class LossyRelay implements AutoCloseable {

  private static final int LARGEST = 2048;

  private final DatagramSocket front;
  private final DatagramSocket back;
  private final SocketAddress receiver;
  private final int nth;
  private final AtomicLong lost = new AtomicLong();
  private volatile @Nullable SocketAddress sender;

  LossyRelay(int receiverPort, int nth) throws IOException {
    this.front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.receiver = new InetSocketAddress(InetAddress.getLoopbackAddress(), receiverPort);
    this.nth = nth;
    daemon(this::forth);
    daemon(this::backAgain);
  }

  /** Where the sender sends to. */
  int port() {
    return front.getLocalPort();
  }

  long lost() {
    return lost.get();
  }

  private void forth() {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    for (long count = 1; receive(front, packet); count++) {
      sender = packet.getSocketAddress();
      if (count % nth == 0) {
        lost.incrementAndGet();
      } else {
        send(back, packet, receiver);
      }
    }
  }

  private void backAgain() {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (receive(back, packet)) {
      SocketAddress to = sender;
      if (to != null) {
        send(front, packet, to);
      }
    }
  }

  private static boolean receive(DatagramSocket socket, DatagramPacket packet) {
    while (!socket.isClosed()) {
      try {
        packet.setLength(LARGEST);
        socket.receive(packet);
        return true;
      } catch (IOException e) {
        // Nobody listens there yet, or the socket is closed.
      }
    }
    return false;
  }

  private static void send(DatagramSocket socket, DatagramPacket packet, SocketAddress to) {
    try {
      socket.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
    } catch (IOException e) {
      // Lost, as datagrams may be.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "lossy-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    front.close();
    back.close();
  }
}
