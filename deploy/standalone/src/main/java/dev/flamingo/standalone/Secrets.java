package dev.flamingo.standalone;

import dev.flamingo.gateway.AccessToken;
import dev.flamingo.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What no list of processes may show, and the files that hold it instead.
 *
 * @param token what clients of the gateway must show
 * @param tokenFile holds the token; wins over it
 * @param sources more sources, one a line
 * @param sourcesFile holds such lines
 */
public record Secrets(
    @Setting(value = "token that clients of the gateway must show", secret = true)
        Optional<String> token,
    @Setting("file that holds this token; wins over `token`") Optional<Path> tokenFile,
    @Setting(
            value = "more sources of demo, ask and caption, ADDRESS or NAME=ADDRESS on each line",
            secret = true)
        Optional<String> sources,
    @Setting("file of such lines, so that passwords stay out of the list of processes")
        Optional<Path> sourcesFile) {

  /** Nothing. */
  public static final Secrets NONE =
      new Secrets(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks the token.
   *
   * @throws IllegalArgumentException if it cannot stand in a header
   */
  public Secrets {
    Optional<AccessToken> unused = token.map(AccessToken::new);
  }

  /**
   * Returns the token; empty if there is none.
   *
   * @throws IllegalArgumentException if its file cannot be read or holds none
   */
  public Optional<AccessToken> accessToken() {
    if (tokenFile.isEmpty()) {
      return token.map(AccessToken::new);
    }
    try {
      return Optional.of(new AccessToken(Files.readString(tokenFile.get())));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the token file %s".formatted(tokenFile.get()), e);
    }
  }

  /**
   * Returns the sources of the file and those beside it.
   *
   * @throws IOException if the file cannot be read
   */
  public List<NamedSource> namedSources() throws IOException {
    List<NamedSource> all = new ArrayList<>();
    if (sourcesFile.isPresent()) {
      Path file = sourcesFile.get();
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new IOException(
            "the sources in %s cannot be read: name a file with an address on each line"
                .formatted(file));
      }
      all.addAll(NamedSource.parseLines(Files.readString(file)));
    }
    all.addAll(NamedSource.parseLines(sources.orElse("")));
    return all;
  }

  @Override
  public String toString() {
    return "secrets";
  }
}
