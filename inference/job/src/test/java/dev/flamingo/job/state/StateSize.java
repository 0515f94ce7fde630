package dev.flamingo.job.state;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/** Counts what an operator keeps of a key. */
public final class StateSize {

  private StateSize() {}

  /** Returns the entries of a map of a key's. */
  public static <K, U, V> int of(
      KeyedStateBackend<K> backend,
      K key,
      String name,
      TypeInformation<U> keys,
      StoredType<V> values)
      throws Exception {
    backend.setCurrentKey(key);
    int size = 0;
    for (var unused :
        backend
            .getPartitionedState(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                new MapStateDescriptor<>(name, keys, values.info()))
            .entries()) {
      size++;
    }
    return size;
  }
}
