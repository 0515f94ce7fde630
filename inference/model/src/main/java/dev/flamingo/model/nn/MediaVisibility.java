package dev.flamingo.model.nn;

/** Which media a token of text sees (section 2.3, appendix A.1.3). */
public enum MediaVisibility {
  /** Only the last medium before it: the paper's choice. */
  LAST {
    @Override
    public boolean sees(int medium, int seen) {
      return medium == seen - 1;
    }
  },
  /** Every medium before it. */
  ALL_PREVIOUS {
    @Override
    public boolean sees(int medium, int seen) {
      return medium < seen;
    }
  };

  /**
   * Returns 1 where a token sees a medium and 0 where not, token by token. The place of a medium
   * itself sees it already; tokens before any medium see none.
   *
   * @param media for every token whether a medium stands there
   * @param count number of media
   * @return {@code [tokens, count]}
   */
  public float[] of(boolean[] media, int count) {
    float[] visibility = new float[media.length * count];
    int seen = 0;
    for (int token = 0; token < media.length; token++) {
      seen += media[token] ? 1 : 0;
      for (int medium = 0; medium < count; medium++) {
        visibility[token * count + medium] = sees(medium, seen) ? 1 : 0;
      }
    }
    return visibility;
  }

  /**
   * Returns whether a token sees a medium.
   *
   * @param medium its number from 0
   * @param seen how many media stand before the token
   */
  public abstract boolean sees(int medium, int seen);
}
