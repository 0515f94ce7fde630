package dev.flamingo.model.familiarity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.checkpoint.SafetensorsWriter;
import dev.flamingo.model.checkpoint.StoredType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Statistics as a safetensors file: means and whitening matrices in half precision, thresholds and
 * pairs of words as JSON in its metadata.
 */
public final class FamiliarityFile {

  private static final StoredType TYPE = StoredType.F16;
  private static final String CLIPS = "clips";
  private static final String PICTURES = "pictures";
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
          "%s holds no statistics of a training: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Returns distributions with the rounding that they have when they are read. */
  static Gaussians stored(Gaussians fitted) {
    Map<String, HostTensor> tensors =
        SafetensorsFile.read(new SafetensorsWriter(TYPE, Map.of()).toBytes(tensors(CLIPS, fitted)))
            .tensors();
    return gaussians(
        tensors.getOrDefault(CLIPS + ".means", HostTensor.of(new float[0], 0)),
        tensors.getOrDefault(CLIPS + ".whitening", HostTensor.of(new float[0], 0)));
  }

  private static Map<String, HostTensor> tensors(String name, Gaussians gaussians) {
    int width = gaussians.width();
    return Map.of(
        name + ".means", HostTensor.of(gaussians.means(), gaussians.count(), width),
        name + ".whitening", HostTensor.of(gaussians.whitening(), width, width));
  }

  private static Gaussians gaussians(SafetensorsFile file, String name) {
    return gaussians(
        file.tensor(name + ".means").floats(), file.tensor(name + ".whitening").floats());
  }

  private static Gaussians gaussians(HostTensor means, HostTensor whitening) {
    long[] shape = means.shape();
    return new Gaussians((int) shape[shape.length - 1], means.values(), whitening.values());
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
