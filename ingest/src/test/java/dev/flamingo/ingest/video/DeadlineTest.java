package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DeadlineTest {

  /** More than the ten callbacks that JavaCPP makes. */
  private static final int MANY = 40;

  @Test
  void everySourceHasItsOwnDeadlineHoweverManyThereAre() {
    List<Deadline> deadlines = new ArrayList<>();
    List<AVFormatContext> containers = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        Deadline deadline = new Deadline();
        AVFormatContext container = avformat_alloc_context();
        deadline.guard(container.interrupt_callback());
        deadlines.add(deadline);
        containers.add(container);
      }
      for (int i = 0; i < MANY; i++) {
        assertThat(containers.get(i).interrupt_callback().callback())
            .as("source %d", i)
            .isNotNull();
        assertThat(asked(containers.get(i))).as("source %d", i).isZero();
      }
      deadlines.get(MANY - 1).cancel();
      deadlines.get(MANY - 1).allow(Duration.ofDays(1));
      deadlines.get(MANY - 2).allow(Duration.ofNanos(1));
      assertThat(asked(containers.get(MANY - 1))).as("cancelled for good").isOne();
      assertThat(asked(containers.get(MANY - 2))).as("expired").isOne();
      assertThat(asked(containers.get(MANY - 3))).as("another one").isZero();
    } finally {
      containers.forEach(container -> avformat_free_context(container));
      deadlines.forEach(Deadline::close);
    }
  }

  private static int asked(AVFormatContext container) {
    AVIOInterruptCB calls = container.interrupt_callback();
    return calls.callback().call(calls.opaque());
  }

  @Test
  void camerasThatSendALittleAllTheTimeAreAllGivenUpInTime() throws Exception {
    NativeThreads threads = new NativeThreads(64, 512, Duration.ofSeconds(30));
    List<VideoSource> sources = new ArrayList<>();
    try (MjpegCamera camera = new MjpegCamera()) {
      camera.be(MjpegCamera.Mood.TRICKLING);
      try {
        open(camera, Duration.ofSeconds(2), threads, sources);
        for (VideoSource source : sources) {
          // The reader's own bound: its taker would wait a minute and put it in other words.
          assertThatThrownBy(source::next)
              .isInstanceOf(VideoStalledException.class)
              .hasMessageNotContaining("no picture from");
        }
      } finally {
        sources.forEach(VideoSource::close);
      }
      assertThat(threads.hanging()).isZero();
    }
  }

  @Test
  void allOfThemCanBeClosedWhileTheyAreOpened() {
    NativeThreads threads = new NativeThreads(64, 512, Duration.ofSeconds(30));
    List<VideoSource> sources = new ArrayList<>();
    try (MjpegCamera camera = new MjpegCamera()) {
      camera.be(MjpegCamera.Mood.TRICKLING);
      open(camera, Duration.ofMinutes(5), threads, sources);
      await().atMost(Duration.ofSeconds(100)).until(() -> camera.connections() == MANY);
      sources.forEach(VideoSource::close);
      assertThat(threads.hanging()).isZero();
    }
  }

  private static void open(
      MjpegCamera camera, Duration within, NativeThreads threads, List<VideoSource> sources) {
    for (int i = 0; i < MANY; i++) {
      sources.add(
          new VideoSource(
              address(camera.uri() + i, within),
              FrameSourceOptions.defaults(),
              Clock.systemUTC(),
              threads,
              new SourceHistory()));
    }
  }

  private static VideoAddress address(String uri, Duration within) {
    return new VideoAddress(
        uri,
        "camera",
        /* format= */ null,
        Map.of(),
        VideoAddress.Kind.EITHER,
        /* loop= */ false,
        within,
        Duration.ofSeconds(60));
  }
}
