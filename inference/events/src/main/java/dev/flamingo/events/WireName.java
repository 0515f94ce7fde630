package dev.flamingo.events;

import java.util.Locale;

/** How constants are written in events: in lower case, with hyphens. */
final class WireName {

  private WireName() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
