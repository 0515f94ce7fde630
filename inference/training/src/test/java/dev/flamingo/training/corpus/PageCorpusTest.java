package dev.flamingo.training.corpus;

import static dev.flamingo.training.corpus.TinyCorpus.picture;
import static dev.flamingo.training.corpus.TinyCorpus.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageCorpusTest {

  private static final String GOOD =
      "{'url':'x','text_list':['one','two ','three'],'similarity_matrix':[[0.1]],'image_info':["
          + "{'image_name':'b.png','matched_text_index':2,'matched_sim':0.3},"
          + "{'image_name':'a.jpg','matched_text_index':0},"
          + "{'image_name':'a.jpg','matched_text_index':2}]}";

  private final Path folder;
  private final TinyCorpus tiny;

  PageCorpusTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    tiny =
        new TinyCorpus(folder)
            .file("a.jpg", picture(new Color(200, 0, 0), "jpg"))
            .file("images/b.png", picture(new Color(100, 0, 0), "png"))
            .file("images/broken.jpg", "no picture".getBytes(StandardCharsets.UTF_8));
  }

  private static String page(String picture) {
    return "{'text_list':['one'],'image_info':[{'image_name':'%s','matched_text_index':0}]}"
        .formatted(picture);
  }

  @Test
  void picturesStandBeforeTheirSentencesInOrderOfListing() throws Exception {
    PageCorpus corpus = PageCorpus.open(tiny.lines("p.jsonl", GOOD).open());
    assertThat(corpus.size()).isEqualTo(1);
    assertThat(told(corpus.read(0))).containsExactly("P200", "one", "two", "P100", "P200", "three");
    assertThat(corpus.health().summary()).isEqualTo("1 read, 0 skipped");
  }

  @Test
  void linesOfSeveralFilesAreReadByTheirNumbers() throws Exception {
    tiny.lines("1.jsonl", page("images/b.png"), "", page("a.jpg") + "\r")
        .lines("0.jsonl", GOOD, page("b.png"), "");
    PageCorpus corpus = PageCorpus.open(folder);
    assertThat(corpus.size()).isEqualTo(4);
    assertThat(told(corpus.read(3))).containsExactly("P200", "one");
    assertThat(told(corpus.read(2))).containsExactly("P100", "one");
    assertThat(told(corpus.read(1))).containsExactly("P100", "one");
    assertThat(told(corpus.read(0))).hasSize(6);
  }

  @Test
  void aLineThatIsNoJsonIsCountedAndSkipped() throws Exception {
    PageCorpus corpus =
        PageCorpus.open(tiny.lines("p.jsonl", page("a.jpg"), "{'text_list':[", "{}").open());
    assertThat(corpus.size()).isEqualTo(3);
    assertThatThrownBy(() -> corpus.read(1))
        .isInstanceOf(UnreadableException.class)
        .hasMessage(
            "%s at byte %d is not JSON", folder.resolve("p.jsonl"), page("a.jpg").length() + 1);
    assertThatThrownBy(() -> corpus.read(2))
        .isInstanceOf(UnreadableException.class)
        .hasMessageEndingWith("has no text_list");
    assertThat(corpus.health().skipped()).isEqualTo(2);
    assertThat(corpus.health().count(Fault.DAMAGED_RECORD)).isEqualTo(1);
    assertThat(corpus.health().count(Fault.NO_TEXT)).isEqualTo(1);
  }

  @Test
  void aPictureThatCannotBeReadIsLeftOutAlone() throws Exception {
    String page =
        "{'text_list':['one','two'],'image_info':["
            + "{'image_name':'broken.jpg','matched_text_index':0},"
            + "{'image_name':'gone.jpg','matched_text_index':1},"
            + "{'image_name':'../../etc/secret.jpg','matched_text_index':1},"
            + "{'image_name':'a.jpg','matched_text_index':7},"
            + "{'raw_url':'x','matched_text_index':1},"
            + "{'image_name':'a.jpg','matched_text_index':1}]}";
    PageCorpus corpus = PageCorpus.open(tiny.lines("p.jsonl", page).open());
    assertThat(told(corpus.read(0))).containsExactly("one", "P200", "two");
    CorpusHealth health = corpus.health();
    assertThat(health.skipped()).isZero();
    assertThat(health.count(Fault.DAMAGED_MEDIUM)).isEqualTo(1);
    assertThat(health.why(Fault.DAMAGED_MEDIUM))
        .contains("broken.jpg cannot be read: 10 bytes are no picture");
    assertThat(health.count(Fault.MISSING_PICTURE)).isEqualTo(3);
    assertThat(health.why(Fault.MISSING_PICTURE))
        .contains("there is no picture 'gone.jpg' in " + folder);
    assertThat(health.count(Fault.NO_TEXT)).isEqualTo(1);
    assertThat(health.summary()).startsWith("1 read, 0 skipped; without text: 1 (the picture");
  }

  @Test
  void aPageWithoutAnyPictureIsSkipped() throws Exception {
    PageCorpus corpus = PageCorpus.open(tiny.lines("p.jsonl", page("broken.jpg")).open());
    assertThatThrownBy(() -> corpus.read(0))
        .isInstanceOfSatisfying(
            UnreadableException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NO_PICTURE));
  }

  @Test
  void aLineAboveTheBoundIsSkipped() throws Exception {
    byte[] huge = new byte[(16 << 20) + 1];
    java.util.Arrays.fill(huge, (byte) ' ');
    PageCorpus corpus =
        PageCorpus.open(tiny.file("a.jsonl", huge).lines("b.jsonl", page("a.jpg")).open());
    assertThatThrownBy(() -> corpus.read(0)).hasMessageContaining("bytes of at most 16777216");
    assertThat(corpus.health().count(Fault.TOO_LARGE)).isEqualTo(1);
    assertThat(told(corpus.read(1))).hasSize(2);
  }

  @Test
  void aFolderWithoutPagesIsRefused() throws Exception {
    assertThatThrownBy(() -> PageCorpus.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has not one example");
    assertThatThrownBy(() -> PageCorpus.open(folder.resolve("gone")))
        .hasMessageStartingWith("there is no folder ");
    assertThatThrownBy(() -> PageCorpus.open(tiny.lines("p.jsonl", "").open()))
        .hasMessageContaining("takes a line of JSON");
  }
}
