package dev.flamingo.standalone.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Handles one of the operating system's signals in place of the JVM, which would run all shutdown
 * hooks at once while everything still works. Java's interface for it lies in {@code sun.misc},
 * which the compiler does not accept by name.
 */
final class ProcessSignal implements AutoCloseable {

  private final Class<?> handlers;
  private final Object signal;
  private final Object before;

  /**
   * Handles a signal until this is closed. One that the process was started to ignore, as by {@code
   * nohup}, stays ignored.
   *
   * @param name as {@code TERM}
   * @param handler is given the signal's number, on a thread of the JVM
   * @throws IllegalStateException if this JVM leaves the signal to the operating system
   */
  ProcessSignal(String name, IntConsumer handler) {
    try {
      handlers = Class.forName("sun.misc.SignalHandler");
      signal = Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
      int number = (int) signal.getClass().getMethod("getNumber").invoke(signal);
      InvocationHandler calls =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  handler.accept(number);
                  yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "handler of " + name;
              };
      before =
          set(Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, calls));
      if (before.equals(handlers.getField("SIG_IGN").get(null))) {
        Object unused = set(before);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this jvm does not hand over the signal " + name, e);
    }
  }

  private Object set(Object handler) throws ReflectiveOperationException {
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), handlers)
        .invoke(null, signal, handler);
  }

  /** Gives the signal back to its former handler. */
  @Override
  public void close() {
    try {
      Object unused = set(before);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the signal's former handler cannot be set", e);
    }
  }
}
