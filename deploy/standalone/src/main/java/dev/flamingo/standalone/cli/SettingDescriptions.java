package dev.flamingo.standalone.cli;

import dev.flamingo.settings.KnownSetting;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes flags in the help by the settings that they set. */
final class SettingDescriptions extends ResourceBundle {

  private final Map<String, String> descriptions;

  /** Takes the settings with their defaults. */
  SettingDescriptions(List<KnownSetting> known) {
    descriptions =
        known.stream()
            .collect(Collectors.toMap(KnownSetting::key, SettingDescriptions::description));
  }

  private static String description(KnownSetting setting) {
    boolean shown = !setting.usual().isEmpty() && !setting.type().equals("true or false");
    String text = setting.description().replace("`", "");
    return shown ? "%s; default: %s".formatted(text, setting.usual()) : text;
  }

  @Override
  protected @Nullable Object handleGetObject(String key) {
    return descriptions.get(key);
  }

  @Override
  public Enumeration<String> getKeys() {
    return Collections.enumeration(descriptions.keySet());
  }
}
