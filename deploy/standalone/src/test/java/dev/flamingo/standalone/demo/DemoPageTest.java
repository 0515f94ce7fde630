package dev.flamingo.standalone.demo;

import static dev.flamingo.standalone.demo.Browser.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser, before a real demo of one camera. */
class DemoPageTest {

  private static final String COMPLETED = "#answers li[data-state=completed]";

  private static StreetDemo demo;
  private static Browser browser;

  @BeforeAll
  static void open(@TempDir Path data) throws Exception {
    browser = new Browser();
    demo = new StreetDemo(data, "street:?seed=3");
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (demo != null) {
      demo.close();
    }
  }

  @Test
  void aPersonWatchesAsksTeachesComesBackAndSharesTheAnswer() throws Exception {
    browser.open(demo.url("/"));
    Accessibility accessibility = new Accessibility(browser);
    browser.await("#captions li");
    assertThat(browser.text("#captions li")).contains("light");
    browser.await("#live-frame[data-captured-at]");
    browser.awaitText("#status", "live");
    // So that the window that is asked about has several.
    awaitPictures(3);

    ask("what color is the light?", 1);
    String first = browser.text("#answers .answer-text");
    assertThat(first).isIn("red", "green");

    browser.element(COMPLETED + " .thumb").sendKeys(Keys.ENTER);
    browser.await("#picture-dialog[open]");
    assertThat(browser.text("#picture-title")).contains("(1 of ");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.text("#picture-title")).contains("(2 of ");
    accessibility.check("enlarged");
    browser.press(Keys.ESCAPE);
    assertThat(browser.count("#picture-dialog[open]")).isZero();
    assertThat(browser.script("return document.activeElement.className")).isEqualTo("thumb");

    browser.element("button[aria-label='Use as example: what color is the light?']").click();
    assertThat(browser.element("#examples input").getDomProperty("value")).isEqualTo(first);
    browser.element("#examples input").clear();
    browser.type("#examples input", "a red bus");
    ask("what do you see?", 2);
    assertThat(browser.text(COMPLETED)).contains("Answered with 1 example of yours.");
    browser.click(COMPLETED + " summary");
    accessibility.check("camera");
    String second = browser.text("#answers .answer-text");
    String link = String.valueOf(browser.element(COMPLETED + " .permalink").getDomProperty("href"));

    browser.open("about:blank");
    browser.open(demo.url("/"));
    await().atMost(SOON).until(() -> browser.count(COMPLETED + " .film") == 2);
    assertThat(browser.texts("#answers .answer-text")).isEqualTo(List.of(second, first));
    assertThat(browser.element("#examples input").getDomProperty("value")).isEqualTo("a red bus");

    assertThat(browser.complaints()).as("what the browser complains of").isEmpty();

    try (Browser another = new Browser()) {
      another.open(link);
      another.await("#answer .card[data-state=completed]");
      assertThat(another.text("#answer .answer-text")).isEqualTo(second);
      assertThat(another.text("#answer h3")).isEqualTo("what do you see?");
      new Accessibility(another).check("answer");
      another.click("#answer-camera");
      another.await("#live-frame[data-captured-at]");
      assertThat(another.complaints()).as("what the other browser complains of").isEmpty();
    }
  }

  private static void awaitPictures(int count) {
    Set<String> captured = new HashSet<>();
    await()
        .atMost(SOON)
        .until(
            () -> {
              captured.add(browser.element("#live-frame").getDomAttribute("data-captured-at"));
              return captured.size() >= count;
            });
  }

  private static void ask(String question, int answers) {
    browser.type("#question", question, Keys.ENTER);
    await().atMost(SOON).until(() -> browser.count(COMPLETED) == answers);
    assertThat(browser.text("#announce")).startsWith(question);
  }
}
