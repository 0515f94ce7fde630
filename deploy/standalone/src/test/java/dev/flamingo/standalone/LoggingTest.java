package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.System.Logger.Level;
import org.junit.jupiter.api.Test;

class LoggingTest {

  @Test
  void whatLibrariesLogByTheJdkIsHeldBackAsAllElse() {
    assumeTrue(System.getenv("FLAMINGO_LOG") == null, "FLAMINGO_LOG asks for more");

    // A question with a damaged picture would print a stack trace.
    System.Logger caffeine = System.getLogger("com.github.benmanes.caffeine.cache.LocalAsyncCache");

    assertThat(caffeine.isLoggable(Level.WARNING)).isFalse();
    assertThat(caffeine.isLoggable(Level.ERROR)).isTrue();
  }
}
