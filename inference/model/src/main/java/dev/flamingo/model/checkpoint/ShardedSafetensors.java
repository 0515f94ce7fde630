package dev.flamingo.model.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Safetensors in several files, with an index that names the file of every tensor: {@code
 * model.safetensors.index.json} as Hugging Face's libraries write it.
 */
public final class ShardedSafetensors implements StoredWeights {

  /** The index' usual name. */
  public static final String INDEX = "model.safetensors.index.json";

  private static final String SHARD = "model-%05d-of-%05d.safetensors";
  private static final String FILE_BY_TENSOR = "weight_map";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, SafetensorsFile> fileByTensor;
  private final List<SafetensorsFile> files;

  private ShardedSafetensors(
      Map<String, SafetensorsFile> fileByTensor, List<SafetensorsFile> files) {
    this.fileByTensor = fileByTensor;
    this.files = files;
  }

  /**
   * Opens all files of an index, which lie beside it.
   *
   * @throws IOException if one cannot be read or lacks a tensor that it should hold
   */
  public static ShardedSafetensors open(Path index) throws IOException {
    Map<String, SafetensorsFile> opened = new LinkedHashMap<>();
    Map<String, SafetensorsFile> fileByTensor = new TreeMap<>();
    List<SafetensorsFile> files = new ArrayList<>();
    try {
      for (Map.Entry<String, String> tensor : fileNames(index).entrySet()) {
        SafetensorsFile file = opened.get(tensor.getValue());
        if (file == null) {
          file = SafetensorsFile.open(index.resolveSibling(tensor.getValue()));
          files.add(file);
          opened.put(tensor.getValue(), file);
        }
        if (!file.contains(tensor.getKey())) {
          throw new IOException(
              "%s lacks tensor %s, which %s says it holds: fetch it again"
                  .formatted(tensor.getValue(), tensor.getKey(), index));
        }
        fileByTensor.put(tensor.getKey(), file);
      }
      return new ShardedSafetensors(fileByTensor, files);
    } catch (IOException | RuntimeException e) {
      for (SafetensorsFile file : files) {
        file.close();
      }
      throw e;
    }
  }

  /**
   * Returns the name of every tensor's file.
   *
   * @throws IOException if the index cannot be read or names a file in another folder
   */
  private static Map<String, String> fileNames(Path index) throws IOException {
    JsonNode map;
    try {
      map = JSON.readTree(Files.readAllBytes(index)).path(FILE_BY_TENSOR);
    } catch (JsonProcessingException e) {
      throw new IOException("%s is not json: fetch it again".formatted(index), e);
    }
    if (!map.isObject()) {
      throw new IOException("%s has no %s: fetch it again".formatted(index, FILE_BY_TENSOR));
    }
    Map<String, String> names = new TreeMap<>();
    for (Map.Entry<String, JsonNode> tensor : map.properties()) {
      String file = tensor.getValue().asText();
      if (!PLAIN.matcher(file).matches()) {
        throw new IOException("%s names %s, which is no plain file name".formatted(index, file));
      }
      names.put(tensor.getKey(), file);
    }
    return names;
  }

  /**
   * Writes tensors into as few files as hold so many bytes each at most, and the index.
   *
   * @param most bytes of tensors in a file; a tensor that is larger has a file of its own
   * @return all files, the index last
   * @throws IOException if one cannot be written
   */
  public static List<Path> write(
      SafetensorsWriter writer,
      Map<String, ? extends StoredTensor> tensors,
      long most,
      Path directory)
      throws IOException {
    List<Map<String, StoredTensor>> shards = new ArrayList<>();
    long total = 0;
    long room = 0;
    for (Map.Entry<String, StoredTensor> tensor :
        new TreeMap<String, StoredTensor>(tensors).entrySet()) {
      long bytes = writer.bytes(tensor.getValue());
      if (shards.isEmpty() || bytes > room) {
        shards.add(new TreeMap<>());
        room = most;
      }
      shards.get(shards.size() - 1).put(tensor.getKey(), tensor.getValue());
      room -= bytes;
      total += bytes;
    }
    ObjectNode index = JSON.createObjectNode();
    index.putObject("metadata").put("total_size", total);
    ObjectNode map = index.putObject(FILE_BY_TENSOR);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      String name = SHARD.formatted(i + 1, shards.size());
      shards.get(i).keySet().forEach(tensor -> map.put(tensor, name));
      writer.write(shards.get(i), directory.resolve(name));
      files.add(directory.resolve(name));
    }
    Path path = directory.resolve(INDEX);
    Files.write(path, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(index));
    files.add(path);
    return files;
  }

  @Override
  public boolean contains(String name) {
    return fileByTensor.containsKey(name);
  }

  @Override
  public StoredTensor tensor(String name) {
    SafetensorsFile file = fileByTensor.get(name);
    if (file == null) {
      throw new IllegalArgumentException(
          "there is no tensor %s among the %d of %d files"
              .formatted(name, fileByTensor.size(), files.size()));
    }
    return file.tensor(name);
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(fileByTensor.keySet());
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsFile file : files) {
      file.close();
    }
  }
}
