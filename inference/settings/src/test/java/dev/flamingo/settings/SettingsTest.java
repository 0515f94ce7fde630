package dev.flamingo.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  /** How a shop works. */
  private record Shop(
      @Setting("where it listens") int port,
      @Setting("who may come in") List<String> guests,
      @Setting("how long it waits") Duration waitTime,
      @Setting(value = "how much it stores", bytes = true) long store,
      @Setting(value = "opens the till", secret = true) Optional<String> till,
      @Setting("passed on") Map<String, String> client,
      @Setting("the shelf") Shelf shelf,
      Shelf other,
      String keeper) {

    private Shop {
      if (port > 65_535) {
        throw new IllegalArgumentException("'%d' is not a port: give 0 to 65535".formatted(port));
      }
      if (till.filter(code -> code.length() < 4).isPresent()) {
        throw new IllegalArgumentException("the code %s is short".formatted(till.get()));
      }
    }
  }

  /** How high and wide. */
  private record Shelf(
      @Setting("height") int high, @Setting(value = "width", key = "breadth") int wide) {
    private Shelf {
      if (wide > 2 * high) {
        throw new IllegalArgumentException("%d is too wide for %d".formatted(wide, high));
      }
    }
  }

  private static final Shop USUAL =
      new Shop(
          8080,
          List.of(),
          Duration.ofSeconds(5),
          64 << 20,
          Optional.empty(),
          Map.of("a.b", "c"),
          new Shelf(10, 10),
          new Shelf(1, 1),
          "anna");

  private Path file;

  @BeforeEach
  void file(@TempDir Path folder) {
    file = folder.resolve("shop.properties");
  }

  private Settings settings(Map<String, String> environment, String... lines) throws Exception {
    Files.write(file, List.of(lines));
    return Settings.of(PropertiesFile.read(file), EnvironmentVariables.read(environment));
  }

  private List<String> problems(Map<String, String> environment, String... lines) throws Exception {
    Settings settings = settings(environment, lines);
    Shop unused = settings.read("shop", USUAL);
    try {
      settings.check();
      return List.of();
    } catch (SettingsException e) {
      return e.problems().stream()
          .map(it -> it.toString().replace(file.toString(), "shop.properties"))
          .toList();
    }
  }

  @Test
  void aRecordIsFilledFromItsComponentsNames() throws Exception {
    Settings settings =
        settings(
            Map.of(),
            "# a comment that ends with \\",
            "shop.port = 9000",
            "shop.guests = ben, \\",
            "    cleo",
            "shop.wait.time: 90s",
            "shop.store=2GiB",
            "shop.till=12345",
            "shop.client.x.y=z",
            "shop.shelf.high 30",
            "shop.shelf.breadth=40");
    assertThat(settings.read("shop", USUAL))
        .isEqualTo(
            new Shop(
                9000,
                List.of("ben", "cleo"),
                Duration.ofSeconds(90),
                2L << 30,
                Optional.of("12345"),
                Map.of("a.b", "c", "x.y", "z"),
                new Shelf(30, 40),
                new Shelf(1, 1),
                "anna"));
    settings.check();
    assertThat(settings.known())
        .extracting(KnownSetting::description)
        .contains("where it listens", "the shelf: height");
  }

  @Test
  void theEnvironmentWinsOverTheFileAndFlagsOverBoth() throws Exception {
    Files.write(file, List.of("shop.port=1", "shop.shelf.high=11", "shop.shelf.breadth=12"));
    Settings settings =
        Settings.of(
            PropertiesFile.read(file),
            EnvironmentVariables.read(
                Map.of("FLAMINGO_SHOP_PORT", "2", "FLAMINGO_SHOP_SHELF_HIGH", "21", "PATH", "x")),
            Layer.of(List.of(new Given("shop.port", "--port", "3", ""))));
    Shop shop = settings.read("shop", USUAL);
    assertThat(shop.port()).isEqualTo(3);
    assertThat(shop.shelf()).isEqualTo(new Shelf(21, 12));
    settings.check();
    assertThat(settings.known())
        .filteredOn(it -> it.given().isPresent())
        .extracting(KnownSetting::key, KnownSetting::value, KnownSetting::origin)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("shop.port", "3", "--port"),
            org.assertj.core.groups.Tuple.tuple(
                "shop.shelf.high", "21", "FLAMINGO_SHOP_SHELF_HIGH"),
            org.assertj.core.groups.Tuple.tuple("shop.shelf.breadth", "12", file + ":3"));
  }

  @Test
  void allProblemsAreReportedTogetherWithPlaceAndRemedy() throws Exception {
    assertThat(
            problems(
                Map.of("FLAMINGO_SHOP_PROT", "1"),
                "shop.prot=8080",
                "shop.port=99999",
                "shop.wait.time=soon",
                "shop.store=much",
                "shop.shelf.high=ten",
                "Shop.Port=1",
                "shop.port=8080",
                "shop.guests=\\u12"))
        .containsExactly(
            "shop.properties:1: shop.prot is not a setting: did you mean shop.port?",
            "shop.properties:2: shop.port: '99999' is not a port: give 0 to 65535",
            "shop.properties:3: shop.wait.time 'soon' is not a duration: give a number with ms, s,"
                + " m, h or d, as in 5s",
            "shop.properties:4: shop.store 'much' is not a number of bytes: give one alone or with"
                + " KiB, MiB or GiB, as in 64MiB",
            "shop.properties:5: shop.shelf.high 'ten' is not a number: give digits alone, as in 8",
            "shop.properties:6: 'Shop.Port' is not a key: write dotted lower case, as in"
                + " gateway.port = 8080",
            "shop.properties:7: shop.port is set in line 2 already: leave one of the two out",
            "shop.properties:8: a backslash begins no valid escape: write it twice",
            "FLAMINGO_SHOP_PROT is not a setting: did you mean FLAMINGO_SHOP_PORT?");
  }

  @Test
  void whatDoesNotGoTogetherNamesBoth() throws Exception {
    assertThat(problems(Map.of(), "shop.shelf.high=4", "shop.shelf.breadth=9"))
        .containsExactly("shop.properties:1: shop.shelf.high: 9 is too wide for 4");
    assertThat(problems(Map.of(), "shop.shelf.breadth=19", "shop.shelf.high=9"))
        .containsExactly(
            "shop.properties:2: shop.shelf.high, shop.shelf.breadth: 19 is too wide for 9");
    assertThat(problems(Map.of(), "shop.shelf.breadth=90"))
        .containsExactly("shop.properties:1: shop.shelf.breadth: 90 is too wide for 10");
  }

  @Test
  void aSecretIsShownNowhere() throws Exception {
    assertThat(problems(Map.of("FLAMINGO_SHOP_TILL", "xyz")))
        .containsExactly("FLAMINGO_SHOP_TILL: the code (secret) is short");
    Settings settings =
        settings(Map.of(), "shop.till=hunter2", "shop.client.ssl.key.password=s3same");
    Shop unused = settings.read("shop", USUAL);
    assertThat(settings.known()).extracting(KnownSetting::value).contains("(secret)");
    assertThat(settings.known().toString()).doesNotContain("hunter2", "=s3same");
  }

  @Test
  void aFileThatIsNotThereIsAProblem() {
    assertThatThrownBy(() -> Settings.of(PropertiesFile.read(Path.of("nowhere"))).check())
        .isInstanceOf(SettingsException.class)
        .hasMessage("the settings in nowhere cannot be read: name a readable file");
  }

  @Test
  void variablesThatKubernetesSetsAreNoSettings() throws Exception {
    assertThat(
            problems(
                Map.of(
                    "FLAMINGO_SHOP_PORT",
                    "tcp://10.0.0.1:80",
                    "FLAMINGO_SHOP_SERVICE_HOST",
                    "10.0.0.1",
                    "FLAMINGO_SHOP_PORT_80_TCP_ADDR",
                    "10.0.0.1")))
        .isEmpty();
  }

  @Test
  void keysOfAnotherProgramAreAcceptedButNotMisspeltOnes() throws Exception {
    Settings settings = settings(Map.of(), "bank.open=yes", "bnk.open=yes");
    settings.ignore("bank");
    assertThatThrownBy(settings::check)
        .hasMessageContaining("bnk.open")
        .hasMessageEndingWith("config");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    for (Duration duration :
        List.of(
            Duration.ZERO,
            Duration.ofMillis(1500),
            Duration.ofSeconds(90),
            Duration.ofMinutes(15),
            Duration.ofHours(24))) {
      assertThat(Durations.parse(Durations.write(duration))).isEqualTo(duration);
    }
    for (long bytes : new long[] {0, 1, 1024, 5 << 20, 1L << 30, 1_000_000}) {
      assertThat(ByteCount.parse(ByteCount.write(bytes))).isEqualTo(bytes);
    }
  }
}
