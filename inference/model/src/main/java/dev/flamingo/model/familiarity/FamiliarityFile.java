package dev.flamingo.model.familiarity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.checkpoint.SafetensorsWriter;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.checkpoint.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Statistics as a safetensors file: distributions in half precision, thresholds and pairs of words
 * as JSON in its metadata.
 */
public final class FamiliarityFile {

  private static final StoredType TYPE = StoredType.F16;
  private static final String CLIPS = "clips";
  private static final String PICTURES = "pictures";
  private static final String CENTRE = ".centre";
  private static final String WHITENING = ".whitening";
  private static final String MEANS = ".means";
  private static final String SPREADS = ".spreads";
  private static final String CHANNELS = "channels";
  private static final String THRESHOLDS = "clip-thresholds";
  private static final String PICTURE_THRESHOLD = "picture-threshold";
  private static final String PAIRS = "question-pairs";

  private final ObjectMapper json = new ObjectMapper();

  /**
   * Writes statistics.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(Familiarity familiarity, Path path) throws IOException {
    PictureStatistics pictures = familiarity.pictures();
    Map<String, String> texts =
        Map.of(
            CHANNELS, Integer.toString(pictures.channels()),
            THRESHOLDS, json.writeValueAsString(pictures.clipThresholds()),
            PICTURE_THRESHOLD, Double.toString(pictures.pictureThreshold()),
            PAIRS, json.writeValueAsString(familiarity.questions().pairs()));
    Map<String, HostTensor> tensors = new HashMap<>(tensors(CLIPS, pictures.clips()));
    tensors.putAll(tensors(PICTURES, pictures.pictures()));
    new SafetensorsWriter(TYPE, texts).write(tensors, path);
  }

  /**
   * Reads statistics.
   *
   * @throws IOException if the file cannot be read or holds none
   */
  public Familiarity read(Path path) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      List<Double> thresholds = new ArrayList<>();
      array(file, THRESHOLDS).forEach(value -> thresholds.add(value.asDouble()));
      List<String> pairs = new ArrayList<>();
      array(file, PAIRS).forEach(value -> pairs.add(value.asText()));
      return new Familiarity(
          new PictureStatistics(
              Integer.parseInt(text(file, CHANNELS)),
              gaussians(file, CLIPS),
              thresholds,
              gaussians(file, PICTURES),
              Double.parseDouble(text(file, PICTURE_THRESHOLD))),
          QuestionStatistics.ofPairs(pairs));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      throw new IOException(
          "%s holds no statistics of a training, fit them again with flamingo train familiar: %s"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** Returns distributions with the rounding that they have when they are read. */
  static Gaussians stored(Gaussians fitted) {
    return gaussians(
        SafetensorsFile.read(new SafetensorsWriter(TYPE, Map.of()).toBytes(tensors(CLIPS, fitted))),
        CLIPS);
  }

  private static Map<String, HostTensor> tensors(String name, Gaussians gaussians) {
    int width = gaussians.width();
    int count = gaussians.spreads().length;
    return Map.of(
        name + CENTRE, HostTensor.of(gaussians.centre(), width),
        name + WHITENING, HostTensor.of(gaussians.whitening(), width, width),
        name + MEANS, HostTensor.of(gaussians.means(), count, width),
        name + SPREADS, HostTensor.of(gaussians.spreads(), count));
  }

  private static Gaussians gaussians(Weights file, String name) {
    float[] centre = values(file, name + CENTRE);
    return new Gaussians(
        centre.length,
        centre,
        values(file, name + WHITENING),
        values(file, name + MEANS),
        values(file, name + SPREADS));
  }

  private static float[] values(Weights file, String name) {
    return file.tensor(name).floats().values();
  }

  private JsonNode array(SafetensorsFile file, String name) throws JsonProcessingException {
    return json.readTree(text(file, name));
  }

  private static String text(SafetensorsFile file, String name) {
    String text = file.metadata().get(name);
    if (text == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return text;
  }
}
