package dev.flamingo.ingest.street;

/** The traffic light. */
public enum Light {
  /** Stop. */
  RED,
  /** Go. */
  GREEN;

  /** Returns the other one. */
  public Light other() {
    return this == RED ? GREEN : RED;
  }
}
