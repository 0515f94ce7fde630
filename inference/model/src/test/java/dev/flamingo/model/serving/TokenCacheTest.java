package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.nn.DecoderConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenCacheTest {

  /** Two heads, each 1 wide, so that a token is two numbers. */
  private static final DecoderConfig CONFIG = new DecoderConfig(9, 2, 1, 2, 4, 16, false);

  private static final ReadTokens LONG = row(new float[] {1, 2, 3, 10, 20, 30}, 3);
  private static final ReadTokens SHORT = row(new float[] {7, 70}, 1);

  private final NDManager manager;

  TokenCacheTest() {
    OnnxRuntimeStart.ensure();
    manager = Engine.getEngine(OnnxRuntimeStart.ENGINE).newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void rowsEndTogetherBehindZeroes() {
    TokenCache cache = cache(new CachedRow(LONG, 0), new CachedRow(SHORT, 0));

    assertThat(values(cache)).containsExactly(1, 2, 3, 10, 20, 30, 0, 0, 7, 0, 0, 70);
    assertThat(cache.begin(1)).isEqualTo(2);
    assertThat(cache.inputs())
        .extracting(NDArray::getName)
        .containsExactly("past_key_0", "past_value_0");
  }

  @Test
  void columnsThatNoRowNeedsLeaveWithTheRowThatDid() {
    TokenCache both = cache(new CachedRow(LONG, 0), new CachedRow(SHORT, 0));
    TokenCache rest = cache(new CachedRow(both, 1), new CachedRow(both, 1));

    assertThat(rest.columns()).isEqualTo(1);
    assertThat(values(rest)).containsExactly(7, 70, 7, 70);
  }

  @Test
  void rowsFromAnywhereComeTogether() {
    TokenCache both = cache(new CachedRow(LONG, 0), new CachedRow(SHORT, 0));
    TokenCache joined =
        cache(new CachedRow(both, 1), new CachedRow(ReadTokens.NONE, 0), new CachedRow(both, 0));

    assertThat(values(joined))
        .containsExactly(0, 0, 7, 0, 0, 70, 0, 0, 0, 0, 0, 0, 1, 2, 3, 10, 20, 30);
    assertThat(joined.length(1)).isZero();
  }

  @Test
  void whatIsReadBehindPaddingIsShiftedBeforeTheNextTokensAreRead() {
    TokenCache cache = cache(new CachedRow(SHORT, 0), new CachedRow(SHORT, 0));
    float[] present = {7, 8, 9, 70, 80, 90, 7, 5, -1, 70, 50, -1};
    NDManager step = manager.newSubManager();
    List<NDArray> read = new ArrayList<>();
    for (String name : List.of("present_key_0", "present_value_0")) {
      read.add(GraphSession.tensor(step, name, present, 2, 2, 3, 1));
    }
    cache.advance(step, read, new int[] {2, 1});
    assertThat(cache.rows().get(1).parts()[0]).containsExactly(7, 5, 70, 50);

    assertThat(cache.inputs()).extracting(NDArray::getName).contains("past_key_0");
    assertThat(values(cache)).containsExactly(7, 8, 9, 70, 80, 90, 0, 7, 5, 0, 70, 50);
    assertThat(cache.begin(1)).isEqualTo(1);
    assertThat(cache.length(1)).isEqualTo(2);
  }

  private TokenCache cache(CachedRow... rows) {
    return new TokenCache(manager, CONFIG, /* blocks= */ 1, List.of(rows));
  }

  private static float[] values(TokenCache cache) {
    float[] keys = new float[cache.part(0).remaining()];
    cache.part(0).get(keys);
    float[] values = new float[keys.length];
    cache.part(1).get(values);
    assertThat(values).containsExactly(keys);
    return keys;
  }

  private static ReadTokens row(float[] tokens, int columns) {
    return new ReadTokens(new float[][] {tokens, tokens}, columns);
  }
}
