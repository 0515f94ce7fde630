package dev.flamingo.training.corpus;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Files of corpora by hand. */
final class TinyCorpus {

  private final Path folder;

  TinyCorpus(Path folder) {
    this.folder = folder;
  }

  /** A member of a tar. */
  record Member(String name, byte[] bytes) {

    static Member of(String name, String text) {
      return new Member(name, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes lines; quotes are single ones, since JSON is full of the others. */
  TinyCorpus lines(String name, String... lines) throws IOException {
    return file(name, String.join("\n", lines).replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  TinyCorpus file(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    return this;
  }

  /** Writes a tar as Python's tarfile does. */
  TinyCorpus tar(String name, Member... members) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(name));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(file)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Member member : members) {
        TarArchiveEntry entry = new TarArchiveEntry(member.name());
        entry.setSize(member.bytes().length);
        tar.putArchiveEntry(entry);
        tar.write(member.bytes());
        tar.closeArchiveEntry();
      }
    }
    return this;
  }

  /** Returns the folder to open. */
  Path open() {
    return folder;
  }

  /** Keeps only the beginning of a file. */
  TinyCorpus cut(String name, int bytes) throws IOException {
    byte[] all = Files.readAllBytes(folder.resolve(name));
    return file(name, Arrays.copyOf(all, bytes));
  }

  /** Draws a picture of one colour. */
  static byte[] picture(Color colour, String kind) throws IOException {
    BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, 40, 30);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, kind, out);
    return out.toByteArray();
  }

  /** Returns the red of the middle of a JPEG. */
  static int red(byte[] jpeg) throws IOException {
    BufferedImage picture = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(jpeg)));
    return picture.getRGB(picture.getWidth() / 2, picture.getHeight() / 2) >> 16 & 0xff;
  }

  /** Says what is in an example: texts, and P for pictures or V for videos with a red level. */
  static List<String> told(Example example) throws IOException {
    List<String> told = new ArrayList<>();
    for (Example.Part part : example.parts()) {
      if (part instanceof Example.Text text) {
        told.add(text.text());
      } else if (part instanceof Example.Media media) {
        told.add(
            (media.jpegs().size() == 1 ? "P" : "V") + (red(media.jpegs().get(0)) + 25) / 50 * 50);
      }
    }
    return told;
  }
}
