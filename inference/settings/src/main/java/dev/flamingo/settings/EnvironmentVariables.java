package dev.flamingo.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Takes settings from the environment: the variable of {@code gateway.port} is {@code
 * FLAMINGO_GATEWAY_PORT}. One that is empty counts as not set.
 */
public final class EnvironmentVariables {

  private static final String PREFIX = "FLAMINGO_";

  // What Kubernetes sets in every container for a service that is called flamingo-something.
  private static final Pattern SERVICE_LINK =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP)(_.*)?)");
  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp)://[^/]+:\\d+");

  private EnvironmentVariables() {}

  /** Reads the variables that begin with {@code FLAMINGO_}, in the order of their names. */
  public static Layer read(Map<String, String> environment) {
    List<Given> values = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX) && !value.isBlank() && !isServiceLink(name, value)) {
                values.add(new Given(key(name), name, value.strip(), ""));
              }
            });
    return Layer.of(values);
  }

  private static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK.matcher(name).matches()
        || (name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches());
  }

  private static String key(String name) {
    return name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** Returns the variable of a key. */
  public static String name(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
