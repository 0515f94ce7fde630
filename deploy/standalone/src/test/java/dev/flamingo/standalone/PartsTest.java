package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

  private final Parts parts = new Parts();
  private final List<String> closed = new ArrayList<>();

  @Test
  void whatWasOpenedLastIsClosedFirst() throws Exception {
    parts.add(() -> closed.add("kafka"));
    parts.add(() -> closed.add("gateway"));
    parts.close();
    parts.close();
    assertThat(closed).containsExactly("gateway", "kafka");
  }

  @Test
  void aPartThatFailsKeepsNoOtherOpen() {
    parts.add(() -> closed.add("kafka"));
    parts.add(failing("job"));
    parts.add(failing("gateway"));
    assertThatThrownBy(parts::close)
        .isInstanceOf(IOException.class)
        .hasMessage("gateway")
        .satisfies(error -> assertThat(error.getSuppressed()[0]).hasMessage("job"));
    assertThat(closed).containsExactly("kafka");
  }

  private static AutoCloseable failing(String name) {
    return () -> {
      throw new IOException(name);
    };
  }
}
