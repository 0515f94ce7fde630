package dev.flamingo.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills records by their components; records in them are filled below the component's name. */
final class RecordReader {

  private final Settings settings;
  private final String part;

  /**
   * Reads settings.
   *
   * @param part what the record is a part for; empty for none
   */
  RecordReader(Settings settings, String part) {
    this.settings = settings;
    this.part = part;
  }

  /** A component that a user changed. */
  private record Change(int index, UnaryOperator<@Nullable Object> to, Given given) {
    void apply(@Nullable Object[] values) {
      values[index] = to.apply(values[index]);
    }
  }

  <R extends Record> R read(String key, R usual) {
    RecordComponent[] components = usual.getClass().getRecordComponents();
    @Nullable Object[] base = new @Nullable Object[components.length];
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      Setting setting = component.getAnnotation(Setting.class);
      base[i] = value(component, usual);
      if (setting == null) {
        continue;
      }
      String name = setting.key().isEmpty() ? dotted(component.getName()) : setting.key();
      if (base[i] instanceof Record nested && hasSettings(nested.getClass())) {
        base[i] = new RecordReader(settings, setting.value()).read(below(key, name), nested);
      } else {
        ValueType type = new ValueType(component.getGenericType(), setting.bytes());
        changes.addAll(changes(i, below(key, name), type, setting, base[i]));
      }
    }
    return built(usual, base, changes);
  }

  private List<Change> changes(
      int index, String key, ValueType type, Setting setting, @Nullable Object usual) {
    if (type.isMap()) {
      know(key + ".*", "text", "", setting, setting.secret(), Optional.empty());
      return settings.givenBelow(key).map(given -> entry(index, key, setting, given)).toList();
    }
    Optional<Given> given = settings.given(key);
    know(key, type.description(), type.write(usual), setting, setting.secret(), given);
    return given.flatMap(value -> scalar(index, type, setting, value)).stream().toList();
  }

  private Change entry(int index, String key, Setting setting, Given given) {
    boolean secret = setting.secret() || Settings.isSecret(given.key());
    know(given.key(), "text", "", setting, secret, Optional.of(given));
    String name = given.key().substring(key.length() + 1);
    return new Change(index, map -> with(map, name, given.value()), given);
  }

  private static Map<?, ?> with(@Nullable Object map, String name, String value) {
    Map<Object, Object> all = new HashMap<>();
    if (map instanceof Map<?, ?> before) {
      all.putAll(before);
    }
    all.put(name, value);
    return all;
  }

  private Optional<Change> scalar(int index, ValueType type, Setting setting, Given given) {
    try {
      Object value = type.parse(given.value());
      return Optional.of(new Change(index, before -> value, given));
    } catch (UnreadableValue e) {
      String shown = setting.secret() ? "" : " '" + given.value() + "'";
      settings.add(given.problem("%s%s is %s".formatted(given.name(), shown, e.getMessage())));
    } catch (IllegalArgumentException e) {
      settings.add(problem(given, e));
    }
    return Optional.empty();
  }

  private void know(
      String key,
      String type,
      String usual,
      Setting setting,
      boolean secret,
      Optional<Given> given) {
    String shown = given.map(Given::value).orElse(usual);
    settings.know(
        new KnownSetting(
            key,
            type,
            usual,
            part.isEmpty() ? setting.value() : part + ": " + setting.value(),
            secret,
            secret && !shown.isEmpty() ? KnownSetting.REDACTED : shown,
            given));
  }

  /** Builds the record; where that fails, finds out which of the changes it is about. */
  private <R extends Record> R built(R usual, @Nullable Object[] base, List<Change> changes) {
    try {
      return construct(usual, base, changes);
    } catch (IllegalArgumentException together) {
      List<Change> wrong =
          changes.stream().filter(change -> fails(usual, base, List.of(change))).toList();
      if (wrong.size() > 1) {
        wrong.forEach(change -> built(usual, base, List.of(change)));
      } else {
        settings.add(problem(wrong.isEmpty() ? changes : wrong, together));
      }
      return usual;
    }
  }

  private static boolean fails(Record usual, @Nullable Object[] base, List<Change> changes) {
    try {
      Record unused = construct(usual, base, changes);
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static Problem problem(Given given, IllegalArgumentException e) {
    return given.problem("%s: %s".formatted(given.name(), e.getMessage()));
  }

  private static Problem problem(List<Change> changes, IllegalArgumentException e) {
    String names =
        changes.stream().map(change -> change.given().name()).collect(Collectors.joining(", "));
    String place = changes.isEmpty() ? "" : changes.get(0).given().place();
    return new Problem(place, "%s: %s".formatted(names, e.getMessage()));
  }

  private static <R extends Record> R construct(
      R usual, @Nullable Object[] base, List<Change> changes) {
    @Nullable Object[] values = base.clone();
    changes.forEach(change -> change.apply(values));
    Class<?>[] types =
        Arrays.stream(usual.getClass().getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = usual.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      @SuppressWarnings("unchecked") // the canonical constructor of the same class
      R built = (R) constructor.newInstance(values);
      return built;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw wrong;
      }
      throw new IllegalStateException("%s cannot be made".formatted(usual.getClass()), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s cannot be made".formatted(usual.getClass()), e);
    }
  }

  private static @Nullable Object value(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s cannot be read".formatted(component), e);
    }
  }

  private static boolean hasSettings(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .anyMatch(it -> it.isAnnotationPresent(Setting.class));
  }

  private static String below(String key, String name) {
    return key.isEmpty() ? name : key + "." + name;
  }

  /** Returns {@code checkpointEvery} as {@code checkpoint.every}. */
  private static String dotted(String name) {
    return name.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
  }
}
