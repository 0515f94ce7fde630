package dev.flamingo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The grid of 64 live cameras, measured by the browser's own trace. */
class ManyCamerasPageTest {

  private static final int CAMERAS = 64;
  private static final int OLDEST_MILLIS = 3_000;
  private static final Duration LONGEST_TASK = Duration.ofMillis(100);

  /** Which cameras a person sees now, wholly or in part. */
  private static final String IN_VIEW =
      """
      const seen = [...document.querySelectorAll('.tile')].filter(tile => {
        const {top, bottom} = tile.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      });
      """;

  private static final String IDS_IN_VIEW = IN_VIEW + "return seen.map(tile => tile.dataset.id)";

  private static final String PICTURES_MISSING =
      IN_VIEW + "return seen.filter(tile => !tile.querySelector('img').dataset.capturedAt).length";

  /** The greatest age of a picture that was in view within five seconds, in milliseconds. */
  private static final String OLDEST_IN_VIEW =
      """
      const done = arguments[arguments.length - 1];
      const until = performance.now() + 5000;
      let oldest = 0;
      const look = () => {
        %s
        for (const tile of seen) {
          const image = tile.querySelector('img');
          if (!image.hidden) {
            oldest = Math.max(oldest, Date.now() - Number(image.dataset.capturedAt));
          }
        }
        performance.now() < until ? setTimeout(look, 50) : done(oldest);
      };
      look();
      """
          .formatted(IN_VIEW);

  @Test
  void picturesInViewAreFreshThoseOutOfViewAreNotFetchedAndNothingBlocks(@TempDir Path data)
      throws Exception {
    try (Browser browser = new Browser(Trace.CATEGORIES);
        PublishedCameras cameras = new PublishedCameras(data)) {
      for (int camera = 0; camera < CAMERAS; camera++) {
        cameras.live("cam-" + camera, "Camera " + camera);
      }
      browser.open(cameras.url("/"));
      browser.awaitText("#grid-summary", CAMERAS + " live");
      awaitPictures(browser);

      assertThat(watch(browser)).as("the window is smaller than the grid").isLessThan(CAMERAS / 2);

      Trace scrolling =
          browser.traced(
              () -> {
                browser.script("window.scrollTo(0, document.body.scrollHeight); return true");
                awaitPictures(browser);
              });
      assertThat(scrolling.longestTask()).isLessThan(LONGEST_TASK);

      watch(browser);

      browser.size(1200, 5000);
      awaitPictures(browser);
      assertThat(watch(browser)).isEqualTo(CAMERAS);
      assertThat(browser.complaints()).as("what the browser complains of").isEmpty();
    }
  }

  private static void awaitPictures(Browser browser) {
    await()
        .atMost(Browser.SOON)
        .until(() -> browser.script(PICTURES_MISSING), Long.valueOf(0)::equals);
  }

  /**
   * Watches until five seconds pass without an old picture: a machine that does something else may
   * hold up a browser, a page that fetches too seldom never gets there.
   */
  private static int watch(Browser browser) {
    Set<String> inView =
        ((List<?>) browser.script(IDS_IN_VIEW))
            .stream().map(String::valueOf).collect(Collectors.toSet());
    assertThat(inView).isNotEmpty();
    Trace trace =
        browser.traced(
            () ->
                await()
                    .atMost(Browser.SOON)
                    .until(
                        () -> (Long) browser.await(Duration.ofSeconds(30), OLDEST_IN_VIEW),
                        oldest -> oldest <= OLDEST_MILLIS));

    assertThat(trace.pictures()).as("cameras whose pictures were fetched").isEqualTo(inView);
    assertThat(trace.longestTask()).isLessThan(LONGEST_TASK);
    return inView.size();
  }
}
