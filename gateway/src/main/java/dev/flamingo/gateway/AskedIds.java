package dev.flamingo.gateway;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The last question ids of one connection: only one that is used again can have an answer. */
final class AskedIds {

  private static final int MOST = 1_000;

  private final Set<String> ids = new LinkedHashSet<>();

  /** Notes an id; returns whether it was not among the last ones. */
  boolean isNew(String id) {
    boolean isNew = ids.add(id);
    if (ids.size() > MOST) {
      Iterator<String> oldest = ids.iterator();
      oldest.next();
      oldest.remove();
    }
    return isNew;
  }
}
