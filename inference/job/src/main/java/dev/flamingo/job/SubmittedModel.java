package dev.flamingo.job;

import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.model.serving.Device;
import dev.flamingo.model.serving.QuantizationChoice;
import dev.flamingo.settings.Setting;

/**
 * The model of a job on a cluster, by the same keys as on the command line.
 *
 * @param bundle folder of the model, at the same place on every machine
 * @param graphCache folder for derived graphs, likewise
 * @param threads threads of one operation of the model
 * @param device what it runs on
 * @param quantize how the language model keeps its weights
 */
record SubmittedModel(
    @Setting("folder of the model, on every machine") String bundle,
    @Setting("folder of derived graphs, on every machine") String graphCache,
    @Setting("threads of one operation of the model") int threads,
    @Setting("what it runs on") String device,
    @Setting("how the language model's weights are kept") String quantize) {

  /** On two threads of the CPU; where it lies must be given. */
  static final SubmittedModel USUAL = new SubmittedModel("", "", 2, Device.CPU.label(), "auto");

  /** Checks the names and numbers. */
  SubmittedModel {
    Device unused = Device.named(device);
    QuantizationChoice unusedToo = QuantizationChoice.named(quantize);
    if (threads < 1) {
      throw new IllegalArgumentException("%d threads are below 1".formatted(threads));
    }
  }

  FlamingoModelProvider provider() {
    Device named = Device.named(device);
    return new FlamingoModelProvider(
        bundle, graphCache, threads, named, QuantizationChoice.named(quantize).on(named));
  }
}
