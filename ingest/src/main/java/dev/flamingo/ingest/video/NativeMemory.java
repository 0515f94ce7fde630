package dev.flamingo.ingest.video;

/**
 * Switches off JavaCPP's bound on the process's memory. By default JavaCPP refuses to allocate once
 * all private memory of the process, of any library, exceeds four times the Java heap: a large
 * model would end every camera with an OutOfMemoryError.
 */
final class NativeMemory {

  private static final String LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private NativeMemory() {}

  /**
   * Switches the bound off unless the command line sets it. JavaCPP reads it when its first class
   * loads: call this in the static initialiser of every class through which that may happen.
   */
  static void lift() {
    System.getProperties().putIfAbsent(LIMIT, "0");
  }
}
