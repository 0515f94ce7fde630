package dev.flamingo.model.serving;

import java.util.concurrent.atomic.LongAdder;

/** What an engine has done since it was opened. Safe for use by several threads. */
public final class EngineCounters {

  private final LongAdder framesEncoded = new LongAdder();
  private final LongAdder windowsResampled = new LongAdder();
  private final LongAdder keysValuesBuilt = new LongAdder();
  private final LongAdder keysValuesHits = new LongAdder();
  private final LongAdder prefixHits = new LongAdder();
  private final LongAdder tokensRead = new LongAdder();
  private final LongAdder tokensDecoded = new LongAdder();

  EngineCounters() {}

  /** Returns the frames that went through the vision encoder. */
  public long framesEncoded() {
    return framesEncoded.sum();
  }

  /** Returns the windows that were resampled to visual tokens. */
  public long windowsResampled() {
    return windowsResampled.sum();
  }

  /** Returns the windows whose keys and values were computed for the gated layers. */
  public long keysValuesBuilt() {
    return keysValuesBuilt.sum();
  }

  /** Returns how often a prompt's window had its keys and values already. */
  public long keysValuesHits() {
    return keysValuesHits.sum();
  }

  /** Returns how often all that stands before a prompt's last medium had been read already. */
  public long prefixHits() {
    return prefixHits.sum();
  }

  /** Returns the tokens that went through the language model, prompts included. */
  public long tokensRead() {
    return tokensRead.sum();
  }

  /** Returns the tokens that answers were made of, end tokens included. */
  public long tokensDecoded() {
    return tokensDecoded.sum();
  }

  void addFrames(long count) {
    framesEncoded.add(count);
  }

  void addWindows(long count) {
    windowsResampled.add(count);
  }

  void addKeysValues(long count) {
    keysValuesBuilt.add(count);
  }

  void addKeysValuesHits(long count) {
    keysValuesHits.add(count);
  }

  void addPrefixHits(long count) {
    prefixHits.add(count);
  }

  void addRead(long count) {
    tokensRead.add(count);
  }

  void addToken() {
    tokensDecoded.increment();
  }
}
