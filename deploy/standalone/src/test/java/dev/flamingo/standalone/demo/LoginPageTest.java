package dev.flamingo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.gateway.Access;
import dev.flamingo.gateway.AccessToken;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The login form of a gateway that asks for a token, by keyboard. */
class LoginPageTest {

  private static final String TOKEN = "correct-horse-battery";

  @Test
  void aPersonLogsInWatchesAndLogsOut(@TempDir Path data) throws Exception {
    Access access = new Access(List.of(), List.of(), new AccessToken(TOKEN), false);
    try (Browser browser = new Browser();
        PublishedCameras cameras = new PublishedCameras(data, access)) {
      cameras.live("door", "Door");
      cameras.live("garden", "Garden");
      Accessibility accessibility = new Accessibility(browser);

      browser.open(cameras.url("/"));
      browser.await("#token:focus");
      accessibility.check("login");
      browser.type("#token", "wrong", Keys.ENTER);
      browser.awaitText(".problem", "That is not the token");
      accessibility.check("login-wrong");

      browser.type("#token", TOKEN, Keys.ENTER);
      browser.await("[data-id=door] img[data-captured-at]");
      accessibility.check("logged-in-grid");
      browser.click("[data-id=garden] a");
      browser.await("#live-frame[data-captured-at]");
      browser.script("localStorage.setItem('another', 'stays'); return true");
      browser.script("localStorage.setItem('flamingo.answers', '[]'); return true");
      accessibility.check("logged-in");
      browser.click("#logout button");

      browser.await("#token");
      assertThat(browser.script("return Object.keys(localStorage).join()")).isEqualTo("another");
      browser.open(cameras.url("/"));
      browser.await("#token");
    }
  }
}
