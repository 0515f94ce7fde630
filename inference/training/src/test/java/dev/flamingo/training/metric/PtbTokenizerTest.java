package dev.flamingo.training.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PtbTokenizerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "A man, riding; a \"horse\"...|a man riding a horse",
        "The dog's ball (red) doesn't roll.|the dog 's ball red does n't roll",
        "They couldn't've seen 3.5 or 1,000|they could n't 've seen 3.5 or 1,000",
        "a half-way house -- see|a half-way house see",
        "Mr. Smith in the U.S. at 10:30|mr. smith in the u.s. at 10:30",
        "lunch.mike and dogs' toys|lunch mike and dogs toys",
        "50% of $5|50 % of $ 5",
      })
  void captionsAreTakenApart(String caption, String tokens) {
    assertThat(String.join(" ", new PtbTokenizer().tokens(caption))).isEqualTo(tokens);
  }
}
