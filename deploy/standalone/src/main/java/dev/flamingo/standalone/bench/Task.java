package dev.flamingo.standalone.bench;

/** Work whose time is taken. */
@FunctionalInterface
interface Task {

  /** Does it once. */
  void run() throws Exception;
}
