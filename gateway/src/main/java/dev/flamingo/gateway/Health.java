package dev.flamingo.gateway;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Whether the gateway can serve, and a few numbers about it. */
final class Health {

  private final BooleanSupplier views;
  private final BooleanSupplier tail;
  private final IntSupplier waiting;
  private final IntSupplier clients;

  /**
   * Watches the gateway.
   *
   * @param views whether the views are up to date
   * @param tail whether the topics are read as they grow
   * @param waiting questions that wait for an answer
   * @param clients open WebSockets
   */
  Health(BooleanSupplier views, BooleanSupplier tail, IntSupplier waiting, IntSupplier clients) {
    this.views = views;
    this.tail = tail;
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
    boolean up = views.getAsBoolean() && tail.getAsBoolean();
    return new Report(state(up), List.of(check("views", views), check("tail", tail)));
  }

  private static Check check(String name, BooleanSupplier works) {
    return new Check(name, state(works.getAsBoolean()));
  }

  private static String state(boolean up) {
    return up ? "UP" : "DOWN";
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
