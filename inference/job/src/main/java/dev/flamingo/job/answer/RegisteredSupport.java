package dev.flamingo.job.answer;

/**
 * What the registry says of a support.
 *
 * @param name its name
 * @param examples its examples; none where it was removed
 */
public record RegisteredSupport(String name, AskedExample[] examples) {

  boolean isRemoved() {
    return examples.length == 0;
  }
}
