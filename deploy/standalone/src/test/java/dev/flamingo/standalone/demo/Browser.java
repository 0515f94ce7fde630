package dev.flamingo.standalone.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a window, by the selectors of CSS. */
final class Browser implements AutoCloseable {

  /** Long enough for a busy machine. */
  static final Duration SOON = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  /** Opens a browser with a fresh profile, 1200 by 900 pixels. */
  Browser() {
    this("");
  }

  /**
   * Opens a browser that traces.
   *
   * @param traced the categories of Chromium's trace, with commas
   */
  Browser(String traced) {
    Path chromium = find("chromium", "chromium-browser", "google-chrome");
    Path program = find("chromedriver");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options =
        new ChromeOptions()
            .setBinary(chromium.toFile())
            .addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--window-size=1200,900");
    if (!traced.isEmpty()) {
      logs.enable(LogType.PERFORMANCE, Level.ALL);
      options.setExperimentalOption(
          "perfLoggingPrefs",
          Map.of("enableNetwork", false, "enablePage", false, "traceCategories", traced));
    }
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(program.toFile()).build(),
            options);
  }

  private static Path find(String... names) {
    List<Path> found =
        Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
            .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .toList();
    assumeTrue(!found.isEmpty(), String.join(" or ", names) + " is not installed");
    return found.get(0);
  }

  void open(String url) {
    driver.get(url);
  }

  String url() {
    return Objects.requireNonNull(driver.getCurrentUrl());
  }

  /** Returns the first element, which must be there. */
  WebElement element(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  String text(String selector) {
    return element(selector).getText();
  }

  /** Returns the texts of all elements that are shown, in their order. */
  List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream()
        .filter(WebElement::isDisplayed)
        .map(WebElement::getText)
        .toList();
  }

  void await(String selector) {
    org.awaitility.Awaitility.await(selector).atMost(SOON).until(() -> count(selector) > 0);
  }

  /** Waits until an element shows a text. */
  void awaitText(String selector, String text) {
    awaitText(selector, Pattern.compile(text, Pattern.LITERAL));
  }

  /** Waits until an element shows a text in which a pattern is found. */
  void awaitText(String selector, Pattern text) {
    org.awaitility.Awaitility.await(selector + " shows " + text)
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> text.matcher(text(selector)).find());
  }

  void click(String selector) {
    element(selector).click();
  }

  void type(String selector, CharSequence... keys) {
    element(selector).sendKeys(keys);
  }

  /** Presses keys wherever the focus is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Returns the id of the element with the focus, or else its text. */
  String focus() {
    WebElement focused = driver.switchTo().activeElement();
    String id = focused.getDomAttribute("id");
    return id == null ? focused.getText() : id;
  }

  Object script(String script, Object... arguments) {
    return Objects.requireNonNull(driver.executeScript(script, arguments));
  }

  /** Runs a script of which the last argument is the function to call with the outcome. */
  Object await(Duration limit, String script, Object... arguments) {
    driver.manage().timeouts().scriptTimeout(limit);
    return Objects.requireNonNull(driver.executeAsyncScript(script, arguments));
  }

  /** Lets the clock of all pages that are opened from now on be wrong. */
  void shiftClock(Duration ahead) {
    driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of(
            "source",
            """
            {
              const Right = Date;
              const ahead = %d;
              globalThis.Date = class extends Right {
                constructor(...parts) {
                  super(...(parts.length ? parts : [Right.now() + ahead]));
                }
                static now() {
                  return Right.now() + ahead;
                }
              };
            }"""
                .formatted(ahead.toMillis())));
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Returns what the browser complained of since the last call. */
  List<LogEntry> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll();
  }

  /**
   * Returns what the trace recorded while something was done. The log brings it in its own time, so
   * marks in the trace say where it begins and ends.
   */
  Trace traced(Runnable doing) {
    script("performance.mark('begin'); return true");
    doing.run();
    script("performance.mark('end'); return true");
    Trace trace = new Trace();
    org.awaitility.Awaitility.await()
        .atMost(SOON)
        .until(
            () -> {
              driver.manage().logs().get(LogType.PERFORMANCE).forEach(trace::add);
              return trace.ended();
            });
    return trace;
  }

  void screenshot(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target/screenshots"));
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
