package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/**
 * Writes events to one client. What is new is written at once, and a client that does not read it
 * is closed; what is old is written as fast as the client reads and costs it nothing.
 */
final class LiveOutlet {

  private static final int QUEUE_BYTES = 256 * 1024;
  private static final int HISTORY_BYTES = 64 * 1024;
  private static final short SLOW = 4429;

  private final ServerWebSocket socket;
  private final ClientQuestion json = new ClientQuestion();
  private int historyBytes;

  LiveOutlet(ServerWebSocket socket) {
    this.socket = socket;
    socket.setWriteQueueMaxSize(QUEUE_BYTES);
  }

  /** Writes what is new. */
  void send(ObjectNode event) {
    if (socket.isClosed()) {
      return;
    }
    if (socket.writeQueueFull()) {
      // A client that does not read must not fill our memory.
      close(SLOW, "too slow");
      return;
    }
    var unused = socket.writeTextMessage(text(json.write(event)));
  }

  /** Returns whether more of what is old may be written now. */
  boolean takesHistory() {
    return historyBytes < HISTORY_BYTES && !socket.isClosed();
  }

  /** Writes what is old; completes when the client's connection took it. */
  Future<Void> sendHistory(ObjectNode event) {
    byte[] bytes = json.write(event);
    history(bytes.length);
    return socket.writeTextMessage(text(bytes)).onComplete(written -> history(-bytes.length));
  }

  // The room for what is new stays the same.
  private void history(int more) {
    historyBytes += more;
    if (!socket.isClosed()) {
      socket.setWriteQueueMaxSize(QUEUE_BYTES + historyBytes);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  void close(short code, String reason) {
    var unused = socket.close(code, reason);
  }
}
