package dev.flamingo.model.checkpoint;

/**
 * A matrix with its axes exchanged. It is read in strips of columns, so that nothing larger than
 * what is asked for is held.
 *
 * @param matrix {@code [rows, columns]}
 */
public record TransposedTensor(StoredTensor matrix) implements StoredTensor {

  @Override
  public long[] shape() {
    long[] shape = matrix.shape();
    return new long[] {shape[1], shape[0]};
  }

  @Override
  public void read(long first, float[] target, int count) {
    if (count == 0) {
      return;
    }
    long rows = matrix.shape()[0];
    long columns = matrix.shape()[1];
    long column = first / rows;
    int width = Math.toIntExact((first + count - 1) / rows - column + 1);
    float[] strip = new float[width];
    for (long row = 0; row < rows; row++) {
      matrix.read(row * columns + column, strip, width);
      for (int i = 0; i < width; i++) {
        long place = (column + i) * rows + row - first;
        if (place >= 0 && place < count) {
          target[(int) place] = strip[i];
        }
      }
    }
  }
}
