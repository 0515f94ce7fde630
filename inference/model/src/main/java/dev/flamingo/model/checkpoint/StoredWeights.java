package dev.flamingo.model.checkpoint;

import java.io.IOException;

/** Weights in files, whose tensors can be read until they are closed. */
public interface StoredWeights extends Weights, AutoCloseable {

  @Override
  void close() throws IOException;
}
