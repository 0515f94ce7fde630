package dev.flamingo.training.corpus;

import static dev.flamingo.training.corpus.TinyCorpus.picture;
import static dev.flamingo.training.corpus.TinyCorpus.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingo.training.corpus.TinyCorpus.Member;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairCorpusTest {

  private final Path folder;
  private final TinyCorpus tiny;
  private final byte[] red;
  private final byte[] dark;

  PairCorpusTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    tiny = new TinyCorpus(folder);
    red = picture(new Color(200, 0, 0), "jpg");
    dark = picture(new Color(50, 0, 0), "png");
  }

  private TinyCorpus twoPairs(String name) throws IOException {
    return tiny.tar(
        name,
        new Member("0.jpg", red),
        Member.of("0.txt", "a red car\n"),
        Member.of("1.txt", "a dark car"),
        new Member("1.png", dark));
  }

  @Test
  void membersOfOneKeyAreAPair() throws Exception {
    String longKey = "folder.v1/" + "k".repeat(150);
    PairCorpus corpus =
        PairCorpus.open(
            tiny.tar(
                    "0.tar",
                    new Member("a/0.jpg", red),
                    Member.of("a/0.json", "{\"caption\":\"from json\",\"width\":3}"),
                    Member.of("a/0.txt", "from text"),
                    Member.of("b/0.json", "{\"caption\":\" a dark one \"}"),
                    new Member("b/0.PNG", dark),
                    Member.of("b/0.cls", "7"),
                    new Member(longKey + ".jpeg", red),
                    Member.of(longKey + ".txt", "far away"))
                .tar("1.tar", new Member("0.jpg", dark), Member.of("0.txt", "another shard"))
                .open());
    assertThat(corpus.size()).isEqualTo(4);
    assertThat(told(corpus.read(3))).containsExactly("P50", "another shard");
    assertThat(told(corpus.read(0))).containsExactly("P200", "from text");
    assertThat(told(corpus.read(1))).containsExactly("P50", "a dark one");
    assertThat(told(corpus.read(2))).containsExactly("P200", "far away");
    assertThat(corpus.health().summary()).isEqualTo("4 read, 0 skipped");
  }

  @Test
  void keysWithAMissingHalfAreLeftOutAndCounted() throws Exception {
    PairCorpus corpus =
        PairCorpus.open(
            tiny.tar(
                    "0.tar",
                    new Member("0.jpg", red),
                    Member.of("1.txt", "nothing to see"),
                    new Member("2.jpg", red),
                    Member.of("2.txt", "a red car"),
                    Member.of("readme", "no ending"))
                .open());
    assertThat(corpus.size()).isEqualTo(1);
    assertThat(told(corpus.read(0))).containsExactly("P200", "a red car");
    assertThat(corpus.health().count(Fault.NO_TEXT)).isEqualTo(1);
    assertThat(corpus.health().count(Fault.NO_PICTURE)).isEqualTo(1);
    assertThat(corpus.health().skipped()).isZero();
  }

  @Test
  void whatCannotBeReadIsCountedAndSkipped() throws Exception {
    PairCorpus corpus =
        PairCorpus.open(
            tiny.tar(
                    "0.tar",
                    Member.of("0.jpg", "no picture"),
                    Member.of("0.txt", "a red car"),
                    new Member("1.jpg", red),
                    Member.of("1.txt", " \n"),
                    new Member("2.jpg", red),
                    Member.of("2.json", "{'caption"),
                    new Member("3.jpg", red),
                    Member.of("3.json", "{\"title\":\"no caption\"}"),
                    new Member("4.jpg", red),
                    new Member("4.txt", new byte[(1 << 20) + 1]))
                .open());
    assertThat(corpus.size()).isEqualTo(5);
    Fault[] faults = {
      Fault.DAMAGED_MEDIUM, Fault.NO_TEXT, Fault.DAMAGED_RECORD, Fault.NO_TEXT, Fault.TOO_LARGE
    };
    for (int i = 0; i < faults.length; i++) {
      int number = i;
      assertThatThrownBy(() -> corpus.read(number))
          .isInstanceOfSatisfying(
              UnreadableException.class, e -> assertThat(e.fault()).isEqualTo(faults[number]));
    }
    assertThat(corpus.health().skipped()).isEqualTo(5);
    assertThat(corpus.health().why(Fault.DAMAGED_MEDIUM).orElseThrow())
        .isEqualTo(
            "%s at byte 512 cannot be read: 10 bytes are no picture", folder.resolve("0.tar"));
  }

  @Test
  void aShardThatIsCutOffGivesWhatStandsBeforeTheCut() throws Exception {
    twoPairs("0.tar");
    int whole = Math.toIntExact(Files.size(folder.resolve("0.tar")));
    // In the last picture, in its header, and where only the end's mark is missing.
    int blocks = (dark.length + 511) / 512 * 512;
    int lastHeader = 512 + (red.length + 511) / 512 * 512 + 1024 + 1024;
    int[] cuts = {lastHeader + 512 + 5, lastHeader + 100, lastHeader + 512 + blocks};
    int[] pairs = {1, 1, 2};
    for (int i = 0; i < cuts.length; i++) {
      assertThat(cuts[i]).isLessThan(whole);
      twoPairs("0.tar").cut("0.tar", cuts[i]);
      PairCorpus corpus = PairCorpus.open(folder);
      assertThat(corpus.size()).isEqualTo(pairs[i]);
      assertThat(told(corpus.read(0))).containsExactly("P200", "a red car");
      assertThat(corpus.health().why(Fault.DAMAGED_SHARD))
          .contains(
              "%s is read in part: it is cut off at byte %d"
                  .formatted(folder.resolve("0.tar"), cuts[i]));
    }
  }

  @Test
  void aDamagedShardDoesNotStopTheOthers() throws Exception {
    twoPairs("0.tar");
    byte[] bytes = Files.readAllBytes(folder.resolve("0.tar"));
    int second = 512 + (red.length + 511) / 512 * 512 + 1024;
    for (int i = 0; i < 300; i++) {
      bytes[second + i] = (byte) 0xa5;
    }
    tiny.file("0.tar", bytes).lines("1.tar", "no archive at all, just words").tar("2.tar");
    twoPairs("3.tar");
    PairCorpus corpus = PairCorpus.open(folder);
    assertThat(corpus.size()).isEqualTo(3);
    assertThat(told(corpus.read(2))).containsExactly("P50", "a dark car");
    assertThat(corpus.health().count(Fault.DAMAGED_SHARD)).isEqualTo(2);
  }

  @Test
  void shardsWithoutAPairAreRefused() throws Exception {
    tiny.tar("0.tar", Member.of("0.txt", "nothing to see"));
    assertThatThrownBy(() -> PairCorpus.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s has not one example, which takes a picture and a text of one name in a shard: name another folder",
            folder);
  }

  @Test
  void everyThousandPairsMakeAShard() throws Exception {
    try (PairWriter writer = new PairWriter(folder)) {
      for (int i = 0; i < 1001; i++) {
        writer.write(Example.pair(Example.Media.picture(red), "number " + i));
      }
      assertThatThrownBy(
              () -> writer.write(Example.pair(new Example.Media(java.util.List.of(red, red)), "")))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(folder.resolve("00001.tar")).exists();
    assertThat(folder.resolve("00002.tar")).doesNotExist();
    PairCorpus corpus = PairCorpus.open(folder);
    assertThat(corpus.size()).isEqualTo(1001);
    assertThat(told(corpus.read(1000))).containsExactly("P200", "number 1000");
  }
}
