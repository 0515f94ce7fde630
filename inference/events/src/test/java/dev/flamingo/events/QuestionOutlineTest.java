package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuestionOutlineTest {

  @Test
  void whatCanBeReadOfARefusedQuestionIsItsIdStreamAndText() {
    assertThat(of("{\"id\":\"q\",\"at\":[1],\"stream\":\"street\",\"text\":\"why?\"}"))
        .isEqualTo(new QuestionOutline(true, "q", "street", "why?"));
    assertThat(of("{\"id\":{\"id\":\"inner\"},\"text\":7}"))
        .isEqualTo(new QuestionOutline(true, null, null, null));
    assertThat(of("{}")).isEqualTo(new QuestionOutline(true, null, null, null));
  }

  @Test
  void theIdIsReadBesideWhatIsNestedTooDeeplyOrTornOff() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    assertThat(of("{\"x\":%s,\"id\":\"q\"}".formatted(deep)).id()).isEqualTo("q");
    assertThat(of("{\"id\":\"q\",\"x\":" + "[".repeat(500_000)).id()).isEqualTo("q");
    assertThat(of("{\"id\":\"q\",\"te")).isEqualTo(new QuestionOutline(false, "q", null, null));
  }

  @Test
  void whatIsNoObjectHasNoOutline() {
    for (String value : new String[] {"", "[]", "7", "null", "why?", "[{\"id\":\"q\"}]"}) {
      assertThat(of(value)).isEqualTo(new QuestionOutline(false, null, null, null));
    }
    assertThat(QuestionOutline.of(null).isObject()).isFalse();
  }

  @Test
  void aLongTextIsCutBetweenCharactersAndALongIdIsNone() {
    QuestionOutline outline =
        of("{\"id\":\"%s\",\"text\":\"%s\"}".formatted("x".repeat(201), "🚌".repeat(1_500)));

    assertThat(outline.id()).isNull();
    assertThat(outline.text()).isEqualTo("🚌".repeat(1_000));
  }

  private static QuestionOutline of(String value) {
    return QuestionOutline.of(value.getBytes(StandardCharsets.UTF_8));
  }
}
