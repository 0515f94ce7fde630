package dev.flamingo.model.serving;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A graph of fixed shapes in one of DJL's engines that knows inputs by their order and keeps them
 * and the outputs in buffers of its own, as TensorRT does: one run at a time, and its outputs are
 * copied.
 */
final class PredictorSession implements GraphSession {

  private final Model model;
  private final Predictor<NDList, NDList> predictor;

  private PredictorSession(Model model) {
    this.model = model;
    predictor = model.newPredictor(new InOrder());
  }

  /**
   * Loads a graph.
   *
   * @param engine DJL's name of the engine
   * @throws IOException if the engine does not take the file
   */
  static PredictorSession load(Path file, String engine) throws IOException {
    Model model = Model.newInstance(file.getFileName().toString(), engine);
    try {
      model.load(file.toAbsolutePath().getParent(), file.getFileName().toString());
      return new PredictorSession(model);
    } catch (MalformedModelException e) {
      model.close();
      throw new IOException(
          "%s cannot be loaded: delete it, so that it is derived again".formatted(file), e);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public NDManager newManager() {
    return model.getNDManager().newSubManager();
  }

  @Override
  public synchronized NDList run(NDList inputs) {
    try {
      return predictor.predict(inputs);
    } catch (TranslateException e) {
      throw new IllegalStateException(
          "%s does not run: %s".formatted(model.getName(), e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    predictor.close();
    model.close();
  }

  /** Puts inputs into the graph's order and copies what comes out. */
  private static final class InOrder implements NoBatchifyTranslator<NDList, NDList> {

    private static final String CALLER = "caller";

    @Override
    public NDList processInput(TranslatorContext context, NDList inputs) {
      context.setAttachment(CALLER, inputs.head().getManager());
      NDList ordered = new NDList();
      for (String name : context.getBlock().describeInput().keys()) {
        NDArray input = inputs.get(name);
        if (input == null) {
          throw new IllegalArgumentException("the graph's input %s is not given".formatted(name));
        }
        ordered.add(input);
      }
      return ordered;
    }

    @Override
    public NDList processOutput(TranslatorContext context, NDList outputs) {
      NDManager caller = (NDManager) context.getAttachment(CALLER);
      NDList copies = new NDList();
      for (NDArray output : outputs) {
        NDArray copy =
            caller.create(output.toByteBuffer(), output.getShape(), output.getDataType());
        copy.setName(output.getName());
        copies.add(copy);
      }
      return copies;
    }
  }
}
