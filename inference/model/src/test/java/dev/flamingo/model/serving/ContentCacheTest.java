package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ContentCacheTest {

  private final AtomicLong hits = new AtomicLong();
  private final List<String> computed = new ArrayList<>();
  private final ContentCache<String, Integer> lengths =
      new ContentCache<>(10, (text, length) -> length, hits::addAndGet);

  @Test
  void everyContentOfACallIsComputedOnce() {
    assertThat(get("a", "bb", "a", "bb")).containsExactly(1, 2, 1, 2);
    assertThat(computed).containsExactly("a", "bb");
    assertThat(hits).hasValue(2);
  }

  @Test
  void whatWasNotAskedForLongestLeavesFirst() {
    get("aaaa");
    get("bbb");
    get("aaaa");
    get("cccc");
    computed.clear();

    get("aaaa", "cccc");
    assertThat(computed).isEmpty();
    get("bbb");
    assertThat(computed).containsExactly("bbb");
  }

  @Test
  void whatACallAsksForStaysThoughItIsTooMuch() {
    get("aaaaaaaa", "bbbbbbbb");
    get("aaaaaaaa", "bbbbbbbb");
    assertThat(computed).hasSize(2);

    get("c");
    get("bbbbbbbb");
    assertThat(computed).hasSize(3);
    get("aaaaaaaa");
    assertThat(computed).hasSize(4);
  }

  @Test
  void whatFailsIsForgotten() {
    assertThatThrownBy(
            () ->
                lengths.get(
                    List.of("a"),
                    missing -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(get("a")).containsExactly(1);
  }

  private List<Integer> get(String... contents) {
    return lengths.get(
        List.of(contents),
        missing -> {
          computed.addAll(missing);
          return missing.stream().map(String::length).toList();
        });
  }
}
