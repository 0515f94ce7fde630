package dev.flamingo.gateway;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Whether the gateway can serve, and a few numbers about it. */
final class Health {

  private final BooleanSupplier views;
  private final IntSupplier waiting;
  private final IntSupplier clients;

  /**
   * Watches the gateway.
   *
   * @param views whether the views are up to date
   * @param waiting questions that wait for an answer
   * @param clients open WebSockets
   */
  Health(BooleanSupplier views, IntSupplier waiting, IntSupplier clients) {
    this.views = views;
    this.waiting = waiting;
    this.clients = clients;
  }

  /** One thing that must work. */
  record Check(String name, String status) {}

  /** All of them. */
  record Report(String status, List<Check> checks) {
    boolean up() {
      return status.equals("UP");
    }
  }

  Report report() {
    String state = views.getAsBoolean() ? "UP" : "DOWN";
    return new Report(state, List.of(new Check("views", state)));
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
