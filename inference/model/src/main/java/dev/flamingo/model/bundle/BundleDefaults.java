package dev.flamingo.model.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.model.nn.Activation;
import dev.flamingo.model.nn.Gamma;
import dev.flamingo.model.nn.ResamplerKind;
import dev.flamingo.model.nn.Standardization;
import dev.flamingo.model.nn.TimeInterpolation;

/**
 * What the fields that older bundles lack were before there was a choice. A field that every
 * release wrote has no default: its absence is an error.
 */
final class BundleDefaults {

  private BundleDefaults() {}

  /** Adds the missing fields. */
  static void fill(JsonNode bundle) {
    if (bundle.get("architecture") instanceof ObjectNode architecture) {
      vision(architecture);
      if (architecture.get("resampler") instanceof ObjectNode resampler) {
        fill(resampler, "kind", ResamplerKind.PERCEIVER.name());
        fill(resampler, "interpolation", TimeInterpolation.ENDS.name());
      }
      if (architecture.get("language") instanceof ObjectNode language) {
        fill(language, "smearedKeys", false);
      }
    }
  }

  private static void vision(ObjectNode architecture) {
    if (architecture.get("vision") instanceof ObjectNode vision
        && !vision.has(VisionConfigJson.KIND)) {
      vision.put(VisionConfigJson.KIND, VisionConfigJson.NFNET);
      vision.put("standardization", Standardization.ADDED_EPSILON.name());
      vision.put("gamma", Gamma.IN_ACTIVATION.name());
      vision.put("activation", Activation.GELU.name());
      vision.put("skipInit", true);
      vision.put("finalWidth", 0);
    }
  }

  private static void fill(ObjectNode object, String field, boolean value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  private static void fill(ObjectNode object, String field, String value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }
}
