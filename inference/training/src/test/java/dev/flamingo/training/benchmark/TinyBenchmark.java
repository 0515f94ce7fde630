package dev.flamingo.training.benchmark;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Files of benchmarks by hand. */
final class TinyBenchmark {

  private final Path folder;

  TinyBenchmark(Path folder) {
    this.folder = folder;
  }

  /** Writes a file; quotes are single ones, since JSON is full of the others. */
  TinyBenchmark file(String name, String content) throws IOException {
    return raw(name, content.replace('\'', '"'));
  }

  TinyBenchmark raw(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  /** Draws a picture whose kind its ending says. */
  TinyBenchmark picture(String name, Color colour) throws IOException {
    BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, 40, 30);
    graphics.dispose();
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    return this;
  }

  List<BenchmarkItem> read(Benchmark benchmark, Split split) throws IOException {
    return benchmark.form().read(folder(), split);
  }

  BenchmarkFolder folder() {
    return new BenchmarkFolder(folder);
  }
}
