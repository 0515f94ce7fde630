package dev.flamingo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.StreamState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The cameras of the page: looked at, added, changed and removed, by keyboard where it matters. */
class CameraPageTest {

  private PublishedCameras cameras;
  private Browser browser;
  private Accessibility accessibility;

  @BeforeEach
  void open(@TempDir Path data) throws Exception {
    browser = new Browser();
    cameras = new PublishedCameras(data);
    accessibility = new Accessibility(browser);
  }

  @AfterEach
  void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (cameras != null) {
      cameras.close();
    }
  }

  @Test
  void camerasAreAddedChangedAndRemoved() throws Exception {
    browser.open(cameras.url("/"));
    browser.awaitText("#welcome", "No camera yet");
    accessibility.check("welcome");
    browser.click("#welcome-add");
    assertThat(browser.element("#camera-form [name=uri]").getDomProperty("value")).isEmpty();
    assertThat(value("id")).isEqualTo("camera-1");
    browser.press("street:?seed=1", Keys.TAB, "Front door", Keys.ENTER);
    browser.awaitText("#camera-name", "Front door");
    assertThat(browser.url()).endsWith("#camera/front-door");

    cameras.live("garden", "Garden");
    browser.await("#back:not([hidden])");
    browser.click("#add-open");
    browser.type("#camera-form [name=uri]", "street:?seed=2");
    browser.element("#camera-form [name=id]").clear();
    browser.type("#camera-form [name=id]", "garden", Keys.ENTER);
    browser.awaitText("#camera-error", "Not added: there is a stream garden");
    accessibility.check("add");
    browser.press(Keys.ESCAPE);
    assertThat(browser.focus()).isEqualTo("add-open");

    browser.click("#camera-edit");
    browser.element("#camera-form [name=name]").clear();
    browser.type("#camera-form [name=name]", "Porch", Keys.ENTER);
    browser.awaitText("#camera-name", "Porch");
    assertThat(browser.url()).as("the id stays").endsWith("#camera/front-door");
    accessibility.check("edited");

    browser.click("#camera-pause");
    browser.awaitText("#status", "paused");
    assertThat(browser.element("#question").isEnabled()).isFalse();
    assertThat(browser.texts("#stream-picker option")).containsExactly("Garden", "Porch (paused)");
    browser.click("#camera-pause");
    browser.awaitText("#camera-pause", "Pause");
    assertThat(browser.element("#question").isEnabled()).isTrue();

    browser.click("#camera-remove");
    browser.await("#remove-dialog[open]");
    assertThat(browser.focus()).as("the safe choice").isEqualTo("remove-cancel");
    accessibility.check("remove");
    browser.press(Keys.ENTER);
    assertThat(browser.focus()).isEqualTo("camera-remove");
    browser.click("#camera-remove");
    browser.click("#remove-confirm");
    browser.awaitText("#camera-name", "Garden");
    assertThat(browser.element("#back").isDisplayed()).as("one camera needs no grid").isFalse();
    assertThat(browser.complaints())
        .allMatch(complaint -> complaint.getMessage().contains("409"), "only the refused id");
  }

  @Test
  void theGridShowsEveryCameraAndOpensOne() throws Exception {
    cameras.live("door", "Door");
    cameras.live("garden", "Garden");
    cameras.register("gate", "Gate");
    cameras.state("gate", StreamState.FAILED, "cannot open rtsp://gate: connection refused");
    cameras.register("shed", "Shed");
    cameras.state("shed", StreamState.CONNECTING, null);
    browser.open(cameras.url("/"));

    browser.awaitText("#grid-summary", "2 live · 1 connecting · 1 failed");
    browser.await("[data-id=door] img[data-captured-at]");
    browser.awaitText("[data-id=garden] .tile-caption", "of garden");
    assertThat(browser.texts(".tile h3")).containsExactly("Door", "Garden", "Gate", "Shed");
    assertThat(browser.text("[data-id=gate]"))
        .contains("failed", "Cannot open rtsp://gate: connection refused.");
    accessibility.check("grid");

    browser.type("[data-id=gate] a", Keys.ENTER);
    browser.awaitText("#screen-reason", "Cannot open rtsp://gate: connection refused.");
    assertThat(browser.focus()).isEqualTo("camera-name");
    assertThat(browser.element("#question").isEnabled()).isFalse();
    assertThat(browser.text("#ask-hint")).contains("This camera has failed");
    assertThat(browser.texts("#stream-picker option"))
        .containsExactly("Door", "Garden", "Gate (failed)", "Shed (connecting)");
    accessibility.check("failed");

    browser.type("#back", Keys.ENTER);
    browser.await("body[data-view=grid]");
    assertThat(browser.focus()).as("back where one came from").isEqualTo("Gate");
    browser.open(cameras.url("/#camera/garden"));
    browser.await("#live-frame[data-captured-at]");
    assertThat(browser.text("#camera-name")).isEqualTo("Garden");
    browser.await("#captions li");
    assertThat(browser.complaints()).as("what the browser complains of").isEmpty();
  }

  @Test
  void agesAreRightThoughTheClockOfTheBrowserIsHoursOff() {
    cameras.live("door", "Door");
    try (Browser behind = new Browser()) {
      behind.shiftClock(Duration.ofHours(-3));
      browser.shiftClock(Duration.ofHours(3));
      for (Browser wrong : List.of(behind, browser)) {
        wrong.open(cameras.url("/"));
        wrong.await("#captions li");
        wrong.awaitText("#frame-age", Pattern.compile("just now|\\d+ s (old|ago)"));
      }

      cameras.silent("door");

      behind.awaitText("#frame-age", "last picture");
      browser.awaitText("#frame-age", "last picture");
    }
  }

  @Test
  void theFocusStaysOnThePageWhenItsCameraIsRemoved() {
    for (String id : new String[] {"attic", "door", "garden", "gate"}) {
      cameras.live(id, id);
    }
    browser.open(cameras.url("/#camera/door"));
    browser.awaitText("#camera-name", "door");
    browser.type("#camera-remove", Keys.ENTER);
    browser.await("#remove-dialog[open]");
    browser.type("#remove-confirm", Keys.ENTER);
    browser.awaitText("#announce", "door is removed");
    browser.await("#grid-title:focus");
    assertThat(browser.element("#notice").isDisplayed()).isFalse();

    browser.open(cameras.url("/#camera/garden"));
    browser.awaitText("#camera-name", "garden");
    browser.click("#question");
    cameras.remove("garden");
    browser.awaitText("#notice", "The camera garden was removed.");
    browser.await("#grid-title:focus");
    assertThat(browser.url()).doesNotContain("#camera");
  }

  @Test
  void aServerThatNoLongerAnswersIsNoticedAndSoIsItsReturn() {
    cameras.live("door", "Door");
    browser.open(cameras.url("/"));
    browser.await("#live-frame[data-captured-at]");
    browser.awaitText("#connection-text", "Connected");
    // The socket stays open, as that of a server that hangs. Of the timers to come only the list's
    // runs: nothing else can bring the connection back.
    browser.script(
        """
        const [timeout, get] = [window.setTimeout, window.fetch];
        window.setTimeout = (task, delay) =>
            delay === 5000 || delay === 1500 ? timeout(task, 50) : 0;
        window.fetch = () => Promise.reject(new TypeError("no answer"));
        window.answerAgain = () => { window.fetch = get; };
        return true;""");
    browser.awaitText("#connection-text", "Disconnected");
    assertThat(browser.text("#notice")).contains("The connection to the server is lost.");
    assertThat(browser.element("#ask").isEnabled()).isFalse();

    browser.script("answerAgain(); return true;");

    browser.awaitText("#connection-text", "Connected");
    assertThat(browser.element("#notice").isDisplayed()).isFalse();
  }

  @Test
  void aLinkToAnAnswerThatIsNotThereSaysSoAtOnce() {
    cameras.live("door", "Door");
    browser.open(cameras.url("/#answer/none"));

    browser.awaitText("#answer-empty", "There is no answer under this link so far");
  }

  @Test
  void aQuestionThatWaitsIsAnsweredAfterAReload() {
    cameras.live("door", "Door");
    browser.open(cameras.url("/"));
    browser.await("#live-frame[data-captured-at]");
    browser.type("#question", "what is it?", Keys.ENTER);
    browser.await("#answers .permalink[href]");
    String link = String.valueOf(browser.element("#answers .permalink").getDomProperty("href"));
    browser.open("about:blank");
    browser.open(cameras.url("/"));
    browser.await("#answers li[data-state=waiting]");

    String key = link.substring(link.indexOf("#answer/") + "#answer/".length());
    cameras.answer(key, answer(key, ""));

    browser.await("#answers li[data-state=completed]");
    browser.awaitText("#answers .answer-text", "a bus");
    assertThat(browser.text("#announce")).isEqualTo("what is it? a bus");
  }

  @Test
  void whatTheModelHasNeverSeenIsCalledAGuess() throws Exception {
    cameras.live("door", "Door");
    cameras.answer("unseen", answer("unseen", "\"familiar\":false,\"familiarity\":0.02,"));
    cameras.answer("seen", answer("seen", "\"familiar\":true,\"familiarity\":0.9,"));
    browser.open(cameras.url("/#answer/unseen"));

    browser.awaitText("#answer .answer-text", "a bus");
    assertThat(browser.text("#answer .warning"))
        .isEqualTo(
            "The model has not seen anything like this picture or question; the answer is a guess.");
    accessibility.check("unfamiliar");
    browser.open("about:blank");
    browser.open(cameras.url("/#answer/seen"));
    browser.awaitText("#answer .answer-text", "a bus");
    assertThat(browser.count("#answer .warning")).isZero();
    assertThat(facts()).contains("Familiarity90 %");
    cameras.answer("plain", answer("plain", ""));
    browser.open("about:blank");
    browser.open(cameras.url("/#answer/plain"));
    browser.awaitText("#answer .answer-text", "a bus");
    assertThat(browser.count("#answer .warning")).isZero();
    assertThat(facts()).contains("Familiaritynot measured for this model");

    browser.click("#answer-camera");
    browser.await("#captions li");
    browser.await("#unmeasured:not([hidden])");
    assertThat(browser.count("#captions .warning")).isZero();
    cameras.caption(
        "door", answer("caption", "\"familiar\":false,").replace("\"answer\"", "\"caption\""));
    browser.await("#captions .unfamiliar");
    assertThat(browser.text("#captions .unfamiliar")).contains("the caption is a guess");
  }

  /** What is folded away is no text that is seen. */
  private String facts() {
    return String.valueOf(
        browser.script("return document.querySelector('#answer .facts').textContent"));
  }

  private static String answer(String id, String familiarity) {
    return """
        {"id":"%s","question":"what is it?","stream":"door","kind":"answer","status":"completed",
         "text":"a bus",%s"finish":"stop","confidence":0.9,"model":"published",
         "window":{"from":"2026-05-01T12:00:00Z","to":"2026-05-01T12:00:07Z","frames":[]}}"""
        .formatted(id, familiarity);
  }

  private Object value(String name) {
    return browser.script(
        "return document.forms['camera-form'].elements[arguments[0]].value", name);
  }
}
