package dev.flamingo.training.metric;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * WordNet 3.0 as far as {@link Wups} needs it: the senses of words and what is above them. Some 100
 * MB of memory.
 */
final class WordNet {

  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn30/";

  /** A part of speech, in the order in which senses are looked for. */
  enum Speech {
    NOUN,
    VERB,
    ADJ,
    ADV;

    private String file() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A sense, named by its place in WordNet's files. */
  record Synset(Speech speech, int offset) {}

  private record Entry(String name, List<Synset> hypernyms) {}

  private final Map<Speech, Map<String, int[]>> index = new EnumMap<>(Speech.class);
  private final Map<Speech, Morphology> morphology = new EnumMap<>(Speech.class);
  private final Map<Synset, Entry> synsets = new HashMap<>();

  private WordNet() throws IOException {
    for (Speech speech : Speech.values()) {
      Map<String, int[]> words = new HashMap<>();
      read("index." + speech.file(), line -> readIndex(line, words));
      index.put(speech, words);
      Map<String, List<String>> exceptions = new HashMap<>();
      read(speech.file() + ".exc", line -> readException(line, exceptions));
      morphology.put(speech, new Morphology(speech, words.keySet(), exceptions));
      read("data." + speech.file(), line -> readSynset(line, speech));
    }
  }

  /**
   * Reads it.
   *
   * @throws IOException if its files are not there
   */
  static WordNet load() throws IOException {
    return new WordNet();
  }

  /** Returns a word's first sense, nouns before verbs before adjectives before adverbs. */
  Optional<Synset> firstSense(String word) {
    for (Speech speech : Speech.values()) {
      for (String form : baseForms(word, speech)) {
        int[] offsets = index.getOrDefault(speech, Map.of()).get(form);
        if (offsets != null) {
          return Optional.of(new Synset(speech, offsets[0]));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the forms of a word that are found as a part of speech, itself first. */
  List<String> baseForms(String word, Speech speech) {
    Morphology forms = morphology.get(speech);
    return forms == null ? List.of() : forms.baseForms(word);
  }

  /** Returns the senses right above. */
  List<Synset> hypernyms(Synset synset) {
    Entry entry = synsets.get(synset);
    return entry == null ? List.of() : entry.hypernyms();
  }

  /** Returns a sense's first word and its number among the word's senses. */
  String name(Synset synset) {
    Entry entry = synsets.get(synset);
    return entry == null ? "" : entry.name();
  }

  private static void read(String name, Consumer<String> receiver) throws IOException {
    try (InputStream in = WordNet.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IOException("WordNet's %s is not on the class path".formatted(name));
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        // Lines of the licence are indented.
        if (!line.startsWith(" ")) {
          receiver.accept(line);
        }
      }
    }
  }

  private static void readIndex(String line, Map<String, int[]> words) {
    String[] fields = line.strip().split(" ", -1);
    int count = Integer.parseInt(fields[2]);
    int[] offsets = new int[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = Integer.parseInt(fields[fields.length - count + i]);
    }
    words.put(fields[0], offsets);
  }

  private static void readException(String line, Map<String, List<String>> exceptions) {
    List<String> fields = List.of(line.strip().split(" ", -1));
    exceptions.put(fields.get(0), fields.subList(1, fields.size()));
  }

  private void readSynset(String line, Speech speech) {
    String[] fields = line.substring(0, line.indexOf('|')).strip().split(" ", -1);
    int offset = Integer.parseInt(fields[0]);
    int words = Integer.parseInt(fields[3], 16);
    String word = fields[4].toLowerCase(Locale.ROOT).replaceFirst("\\(.*\\)$", "");
    List<Synset> hypernyms = new ArrayList<>();
    int pointers = 4 + 2 * words;
    for (int i = 0; i < Integer.parseInt(fields[pointers]); i++) {
      String kind = fields[pointers + 1 + 4 * i];
      if (kind.equals("@") || kind.equals("@i")) {
        hypernyms.add(new Synset(speech, Integer.parseInt(fields[pointers + 2 + 4 * i])));
      }
    }
    int[] senses = index.getOrDefault(speech, Map.of()).getOrDefault(word, new int[0]);
    int sense = 0;
    while (sense < senses.length && senses[sense] != offset) {
      sense++;
    }
    String name = "%s.%s.%02d".formatted(word, fields[2], sense + 1);
    synsets.put(new Synset(speech, offset), new Entry(name, List.copyOf(hypernyms)));
  }
}
