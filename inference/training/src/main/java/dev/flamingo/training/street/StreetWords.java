package dev.flamingo.training.street;

import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Direction;
import java.util.List;
import java.util.Locale;

/** What things are called. */
final class StreetWords {

  private static final List<String> NUMBERS = List.of("zero", "one", "two", "three", "four");

  private StreetWords() {}

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static String plural(ActorKind kind) {
    return switch (kind) {
      case BUS -> "buses";
      case PERSON -> "people";
      case CAR, TRUCK, BICYCLE, DOG -> name(kind) + "s";
    };
  }

  static String way(Direction direction) {
    return direction == Direction.STILL ? "nowhere" : name(direction);
  }

  static String moves(Direction direction) {
    return direction == Direction.STILL ? "standing" : "going " + name(direction);
  }

  static String number(int count) {
    return NUMBERS.get(count);
  }

  static String yesNo(boolean yes) {
    return yes ? "yes" : "no";
  }
}
