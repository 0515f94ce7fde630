package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;

/** Values within the graph itself: for engines that read one file, and for graphs below 2 GB. */
final class InlineWeights implements WeightStore {

  @Override
  public TensorProto keep(TensorProto described, long bytes, Values values) throws IOException {
    ByteString.Output out = ByteString.newOutput(Math.toIntExact(bytes));
    values.writeTo(out);
    return described.toBuilder().setRawData(out.toByteString()).build();
  }
}
