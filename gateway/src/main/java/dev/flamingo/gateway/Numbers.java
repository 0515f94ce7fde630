package dev.flamingo.gateway;

import java.util.function.IntSupplier;

/** A few numbers about the gateway. */
final class Numbers {

  private final IntSupplier waiting;
  private final IntSupplier clients;

  /**
   * Watches the gateway.
   *
   * @param waiting questions that wait for an answer
   * @param clients open WebSockets
   */
  Numbers(IntSupplier waiting, IntSupplier clients) {
    this.waiting = waiting;
    this.clients = clients;
  }

  /** Returns the numbers in Prometheus' text format. */
  String prometheus() {
    return gauge("flamingo_questions_in_flight", "Questions that wait for an answer", waiting)
        + gauge("flamingo_websocket_clients", "Open WebSockets", clients);
  }

  private static String gauge(String name, String help, IntSupplier value) {
    return "# HELP %1$s %2$s.%n# TYPE %1$s gauge%n%1$s %3$d%n"
        .formatted(name, help, value.getAsInt());
  }
}
