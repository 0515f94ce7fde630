package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BeginningTest {

  private final List<String> closed = new CopyOnWriteArrayList<>();

  @Test
  void partsStartBesideEachOtherAndAreClosedInTheOppositeOrder() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    try (Parts parts = new Parts()) {
      Beginning<AutoCloseable> first =
          parts.add(
              Beginning.of(
                  "first",
                  () -> {
                    second.await();
                    return () -> closed.add("first");
                  }));
      parts.add(
          Beginning.of(
              "second",
              () -> {
                second.countDown();
                return () -> closed.add("second");
              }));
      first.await().close();
      assertThat(closed).containsExactly("first");
    }
    assertThat(closed).containsExactly("first", "second", "first");
  }

  @Test
  void whyAPartDoesNotStartIsReportedToThoseWhoNeedIt() throws Exception {
    Beginning<AutoCloseable> broken =
        Beginning.of(
            "broken",
            () -> {
              throw new IOException("the port is in use");
            });
    try (Beginning<AutoCloseable> user =
        Beginning.of(
            "user",
            () -> {
              broken.await();
              return () -> closed.add("user");
            })) {
      assertThatThrownBy(user::await).isInstanceOf(IOException.class).hasMessageContaining("port");
    }
    broken.close();
    assertThat(closed).isEmpty();
  }

  @Test
  void whatIsStillStartingIsClosedWhenItHasStartedThoughTheThreadIsInterrupted() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    Beginning<AutoCloseable> slow =
        Beginning.of(
            "slow",
            () -> {
              closing.await();
              return () -> closed.add("slow");
            });
    Thread closer =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              closing.countDown();
              try {
                slow.close();
              } catch (Exception e) {
                closed.add(e.toString());
              }
              closed.add("interrupted " + Thread.currentThread().isInterrupted());
            });
    closer.start();
    closer.join();

    assertThat(closed).containsExactly("slow", "interrupted true");
  }
}
