package dev.flamingo.training.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder that holds a benchmark's files. */
public final class BenchmarkFolder {

  private static final List<String> PICTURES = List.of(".jpg", ".jpeg", ".png");
  private static final List<String> VIDEOS = List.of(".mp4", ".avi", ".mkv", ".webm");

  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final Path folder;

  /** Names a folder. */
  public BenchmarkFolder(Path folder) {
    this.folder = folder;
  }

  /** Returns whether it has a file. */
  boolean has(String name) throws IOException {
    return Files.isRegularFile(path(name));
  }

  /**
   * Returns a file's place, there or not.
   *
   * @throws IOException if the name leads out of the folder: names are what strangers wrote
   */
  Path path(String name) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    Path file = root.resolve(name).normalize();
    if (!file.startsWith(root)) {
      throw new IOException("'%s' leads out of %s: fetch the files again".formatted(name, folder));
    }
    return file;
  }

  /**
   * Returns a picture by its name without an ending, in the first of some folders that has it;
   * where none has it, the place where it should be.
   *
   * @throws IOException if the name leads out of the folder
   */
  Path picture(String name, String... folders) throws IOException {
    return medium(name, PICTURES, folders);
  }

  /**
   * Returns a video as {@link #picture} does a picture.
   *
   * @throws IOException if the name leads out of the folder
   */
  Path video(String name, String... folders) throws IOException {
    return medium(name, VIDEOS, folders);
  }

  /**
   * Reads a file of JSON.
   *
   * @throws IOException if it is missing or no JSON
   */
  JsonRecord json(String name) throws IOException {
    try {
      return new JsonRecord(name, mapper.readTree(Files.readAllBytes(required(name))));
    } catch (JsonProcessingException e) {
      throw new IOException("%s is not JSON: fetch it again".formatted(path(name)), e);
    }
  }

  /**
   * Reads a file with one JSON object a line.
   *
   * @throws IOException if it is missing or a line is no JSON
   */
  List<JsonRecord> jsonLines(String name) throws IOException {
    List<JsonRecord> lines = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(required(name), StandardCharsets.UTF_8)) {
      number++;
      if (!line.isBlank()) {
        lines.add(new JsonRecord(name + " line " + number, parse(name, number, line)));
      }
    }
    return lines;
  }

  /**
   * Reads a table with a first line of names.
   *
   * @throws IOException if it is missing or not rectangular
   */
  List<CsvRecord> csv(String name) throws IOException {
    return new CsvTable(name, Files.readString(required(name), StandardCharsets.UTF_8)).records();
  }

  private Path medium(String name, List<String> endings, String... folders) throws IOException {
    for (String place : folders) {
      for (String ending : endings) {
        Path file = path(place + "/" + name + ending);
        if (Files.isRegularFile(file)) {
          return file;
        }
      }
    }
    return path(folders[0] + "/" + name + endings.get(0));
  }

  private JsonNode parse(String name, int number, String line) throws IOException {
    try {
      return mapper.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s line %d is not JSON: fetch it again".formatted(path(name), number), e);
    }
  }

  private Path required(String name) throws IOException {
    Path file = path(name);
    if (!Files.isRegularFile(file)) {
      throw new MissingFileException(
          "there is no %s: fetch it as the training module's README describes".formatted(file));
    }
    return file;
  }
}
