package dev.flamingo.standalone.cli;

import dev.flamingo.settings.Settings;
import dev.flamingo.standalone.FlamingoSettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the command line runs.
 *
 * @param folder the project's folder
 * @param user the home folder of the user
 * @param environment the variables of the process
 */
public record Home(Path folder, Path user, Map<String, String> environment) {

  /** Copies the variables. */
  public Home {
    environment = Map.copyOf(environment);
  }

  /** Returns the usual settings. */
  Settings usual() {
    return read(Settings.of());
  }

  /** Reads all settings there are, for what is known about them. */
  Settings read(Settings settings) {
    FlamingoSettings unused = FlamingoSettings.read(settings, folder, user);
    return settings;
  }

  /** Never shows the variables. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
