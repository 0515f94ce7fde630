package dev.flamingo.job;

import dev.flamingo.events.ResizeRule;
import dev.flamingo.job.model.AnswerBatch;
import dev.flamingo.job.model.EncodedPicture;
import dev.flamingo.job.model.ModelDescription;
import dev.flamingo.job.model.VideoModel;
import dev.flamingo.job.model.VideoModelProvider;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A model that answers with the names of the frames that it was shown, so that a test sees what was
 * looked at, those of examples first. A picture is two magic bytes and a name; one named {@code
 * broken} cannot be read, one named {@code slow} takes 20 ms. A question that holds {@code slowly}
 * takes 20 ms a token and never ends, {@code halting} takes 400 ms for its only one, {@code poison}
 * breaks.
 *
 * @param encoded how often every picture was encoded
 * @param resampled how often every window was resampled, by the names of its frames
 */
record EchoModel(Map<String, Integer> encoded, Map<String, Integer> resampled)
    implements VideoModel {

  /**
   * Opens the echo.
   *
   * @param name under which what it encoded and resampled is counted
   */
  record Provider(String name) implements VideoModelProvider {

    private static final Map<String, Map<String, Integer>> COUNTED = new ConcurrentHashMap<>();

    @Override
    public VideoModel open() {
      return new EchoModel(encoded(), resampled());
    }

    Map<String, Integer> encoded() {
      return counted("encoded");
    }

    Map<String, Integer> resampled() {
      return counted("resampled");
    }

    private Map<String, Integer> counted(String what) {
      return COUNTED.computeIfAbsent(name + " " + what, key -> new ConcurrentHashMap<>());
    }
  }

  @Override
  public ModelDescription description() {
    return new ModelDescription(
        "echo", "0", 1, ResizeRule.FIT, List.of(0, 0, 0), 8, List.of("what is seen?"), false);
  }

  static byte[] picture(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] picture = new byte[text.length + 2];
    picture[0] = (byte) 0xff;
    picture[1] = (byte) 0xd8;
    System.arraycopy(text, 0, picture, 2, text.length);
    return picture;
  }

  @Override
  public List<EncodedPicture> encode(List<byte[]> pictures) {
    List<EncodedPicture> all = new ArrayList<>();
    for (byte[] picture : pictures) {
      byte[] name = Arrays.copyOfRange(picture, 2, picture.length);
      String text = new String(name, StandardCharsets.UTF_8);
      encoded.merge(text, 1, Integer::sum);
      if (text.startsWith("slow")) {
        LockSupport.parkNanos(20_000_000);
      }
      all.add(
          text.startsWith("broken")
              ? EncodedPicture.broken("the picture is torn")
              : EncodedPicture.of(name));
    }
    return all;
  }

  @Override
  public List<byte[]> resample(List<List<byte[]>> windows) {
    return windows.stream()
        .map(
            window ->
                String.join(
                    " ",
                    window.stream()
                        .map(frame -> new String(frame, StandardCharsets.UTF_8))
                        .toList()))
        .peek(names -> resampled.merge(names, 1, Integer::sum))
        .map(names -> names.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public AnswerBatch beginAnswers() {
    return new EchoBatch();
  }

  @Override
  public Map<String, LongSupplier> counters() {
    return Map.of();
  }

  @Override
  public void close() {}
}
