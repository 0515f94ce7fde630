package dev.flamingo.training.corpus;

/** What is wrong with a part of a corpus. */
public enum Fault {
  /** An archive is damaged or cut off; what stands before the damage is read. */
  DAMAGED_SHARD("damaged shards"),
  /** A page's line or a caption's file is no JSON or cannot be read. */
  DAMAGED_RECORD("damaged records"),
  /** Something is above the bound on its size. */
  TOO_LARGE("too large"),
  /** A picture or video without a caption, a page or one of its pictures without a sentence. */
  NO_TEXT("without text"),
  /** A caption without a picture, or a page without one that can be read. */
  NO_PICTURE("without a picture"),
  /** A page names a picture that is not there. */
  MISSING_PICTURE("missing pictures"),
  /** A picture or video cannot be decoded. */
  DAMAGED_MEDIUM("damaged media");

  private final String label;

  Fault(String label) {
    this.label = label;
  }

  /** Returns its name in a list of counts: {@code damaged media}. */
  public String label() {
    return label;
  }
}
