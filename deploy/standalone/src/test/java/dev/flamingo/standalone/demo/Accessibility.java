package dev.flamingo.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** All rules of axe-core, on the page as it stands, wide and narrow, light and dark. */
final class Accessibility {

  private static final int[][] WINDOWS = {{1200, 900}, {375, 740}, {320, 640}};
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      const violations = ({id, nodes}) =>
          id + ': ' + nodes.map(({target, failureSummary}) => target + ' ' + failureSummary).join('; ');
      axe.run(document).then(found => done(found.violations.map(violations)), e => done([String(e)]));
      """;

  private final Browser browser;
  private final String script;

  Accessibility(Browser browser) throws IOException {
    this.browser = browser;
    try (InputStream axe = Accessibility.class.getResourceAsStream("/axe.min.js")) {
      script = new String(Objects.requireNonNull(axe).readAllBytes(), UTF_8);
    }
  }

  /** Checks what is shown and takes a picture of it; nothing may be wider than the window. */
  void check(String name) throws IOException {
    browser.script(script + "; return true");
    for (int[] window : WINDOWS) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.size(window[0], window[1]);
        browser.dark(dark);
        String where = "%s-%d%s".formatted(name, window[0], dark ? "-dark" : "");
        assertThat((List<?>) browser.await(Duration.ofSeconds(60), RUN)).as(where).isEmpty();
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
            .as(where + " fits its window")
            .isEqualTo(true);
        browser.screenshot(where);
      }
    }
    browser.size(1200, 900);
    browser.dark(false);
  }
}
