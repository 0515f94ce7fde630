package dev.flamingo.job.answer;

import dev.flamingo.job.state.StoredSupportV1;

/**
 * What the registry says of a support.
 *
 * @param name its name
 * @param examples its examples; none where it was removed
 */
public record RegisteredSupport(String name, AskedExample[] examples) {

  StoredSupportV1 stored() {
    return new StoredSupportV1(name, AskedExample.stored(examples));
  }

  boolean isRemoved() {
    return examples.length == 0;
  }
}
