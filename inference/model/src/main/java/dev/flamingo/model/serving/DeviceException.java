package dev.flamingo.model.serving;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A device cannot be used; its message says in a sentence what is missing. */
public final class DeviceException extends IOException {

  DeviceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
