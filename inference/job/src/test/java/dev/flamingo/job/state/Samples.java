package dev.flamingo.job.state;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Records of any kind, filled from a seed; what may be null sometimes is. */
final class Samples {

  private final Random random;

  Samples(long seed) {
    random = new Random(seed);
  }

  <T> T of(Class<T> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          mayBeNull(components[i]) && random.nextInt(3) == 0
              ? null
              : value(components[i].getType());
    }
    Constructor<T> constructor =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    return constructor.newInstance(values);
  }

  private static boolean mayBeNull(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private Object value(Class<?> type) throws ReflectiveOperationException {
    if (type == String.class) {
      return text();
    } else if (type == int.class) {
      return random.nextInt();
    } else if (type == long.class || type == Long.class) {
      return random.nextLong();
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == byte.class) {
      return (byte) random.nextInt();
    } else if (type.isArray()) {
      Object array = Array.newInstance(type.componentType(), random.nextInt(4));
      for (int i = 0; i < Array.getLength(array); i++) {
        Array.set(array, i, value(type.componentType()));
      }
      return array;
    }
    return of(type);
  }

  /** Returns a text that may hold characters outside ASCII and halves of surrogate pairs. */
  private String text() {
    char[] text = new char[random.nextInt(6)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) (random.nextBoolean() ? 'a' + random.nextInt(26) : random.nextInt(0x10000));
    }
    return new String(text);
  }
}
