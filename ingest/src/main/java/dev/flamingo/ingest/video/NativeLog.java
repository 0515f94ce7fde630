package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_WARNING;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.setLogCallback;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * The last warnings that FFmpeg logged on one thread, for its error codes alone explain little. The
 * lines quote addresses with their passwords: they are searched and never shown.
 */
final class NativeLog {

  private static final int MOST_LINES = 32;

  /** FFmpeg has one callback for the process and calls it on the thread that logs. */
  private static final class Lines extends LogCallback {

    static final Lines CALLBACK = new Lines();

    static final ThreadLocal<@Nullable NativeLog> READER = new ThreadLocal<>();

    @Override
    public void call(int level, BytePointer line) {
      NativeLog reader = READER.get();
      if (reader != null && line != null) {
        reader.add(line.getString());
      }
    }
  }

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private Consumer<String> listener = line -> {};

  private NativeLog() {}

  /** Keeps what is logged on this thread from now on, in place of what did so before. */
  static NativeLog ofThisThread() {
    NativeLog log = new NativeLog();
    Lines.READER.set(log);
    setLogCallback(Lines.CALLBACK);
    av_log_set_level(AV_LOG_WARNING);
    return log;
  }

  /** Passes every line on, too, from now on. */
  void listen(Consumer<String> to) {
    listener = to;
  }

  private void add(String line) {
    listener.accept(line);
    if (lines.size() == MOST_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** Whether FFmpeg logged nothing. */
  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Whether a line contains these words. */
  boolean contains(String words) {
    return lines.stream().anyMatch(line -> line.contains(words));
  }

  /** The first group of a pattern in the last line where it is found. */
  Optional<String> find(Pattern pattern) {
    for (var newest = lines.descendingIterator(); newest.hasNext(); ) {
      Matcher matcher = pattern.matcher(newest.next());
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }
}
