package dev.flamingo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The page in a real browser, before a real demo. */
class DemoPageTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  private static StreetDemo demo;
  private static ChromeDriver browser;

  @BeforeAll
  static void open(@TempDir Path data) throws Exception {
    Path chromium = find("chromium", "chromium-browser", "google-chrome");
    Path driver = find("chromedriver");
    demo = new StreetDemo(data, "street:?seed=3");
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).build();
    browser =
        new ChromeDriver(
            service,
            new ChromeOptions()
                .setBinary(chromium.toFile())
                .addArguments(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-dev-shm-usage",
                    "--disable-gpu",
                    "--window-size=1200,900"));
    browser.get(demo.url("/"));
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.quit();
    }
    if (demo != null) {
      demo.close();
    }
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

  @Test
  void aPersonWatchesReadsACaptionAsksAndReadsTheAnswer() throws Exception {
    await().atMost(SOON).until(() -> there("#captions li"));
    assertThat(text("#captions li")).contains("light");
    await().atMost(SOON).until(() -> shown() > 0);
    assertThat(text("#status")).isEqualTo("live");

    browser.findElement(By.id("question")).sendKeys("what color is the light?");
    browser.findElement(By.id("ask")).click();
    await().atMost(SOON).until(() -> there("#answers li[data-state=completed]"));

    WebElement card = browser.findElement(By.cssSelector("#answers li"));
    assertThat(card.findElement(By.className("answer-text")).getText()).isIn("red", "green");
    assertThat(card.findElements(By.cssSelector("img"))).isNotEmpty();
    screenshot("page");

    card.findElement(By.cssSelector(".card-actions button:not([hidden])")).click();
    WebElement right = browser.findElement(By.cssSelector("#examples input"));
    assertThat(right.getDomProperty("value")).isIn("red", "green");
    right.clear();
    right.sendKeys("a red bus");
    browser.findElement(By.id("question")).sendKeys("what do you see?");
    browser.findElement(By.id("ask")).click();
    await().atMost(SOON).until(() -> count("#answers li[data-state=completed]") == 2);
    screenshot("examples");
    assertThat(browser.manage().logs().get("browser").getAll())
        .as("what the browser complains of")
        .isEmpty();
  }

  private static boolean there(String selector) {
    return count(selector) > 0;
  }

  private static int count(String selector) {
    return browser.findElements(By.cssSelector(selector)).size();
  }

  private static long shown() {
    Object width =
        ((JavascriptExecutor) browser)
            .executeScript("return document.getElementById('live-frame').naturalWidth");
    return width instanceof Long pixels ? pixels : 0;
  }

  private static String text(String selector) {
    return browser.findElement(By.cssSelector(selector)).getText();
  }

  private static void screenshot(String name) throws Exception {
    Path folder = Files.createDirectories(Path.of("target/screenshots"));
    Files.write(folder.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }
}
