package dev.flamingo.model.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.flamingo.model.nn.Activation;
import dev.flamingo.model.nn.CrossAttentionKind;
import dev.flamingo.model.nn.Gamma;
import dev.flamingo.model.nn.MediaVisibility;
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
    if (bundle instanceof ObjectNode fields) {
      fill(fields, "suggestions", fields.arrayNode());
    }
    if (bundle.get("preprocessing") instanceof ObjectNode preprocessing) {
      fill(preprocessing, "resize", text(Resize.FIT));
    }
    if (bundle.get("architecture") instanceof ObjectNode architecture) {
      vision(architecture);
      if (architecture.get("resampler") instanceof ObjectNode resampler) {
        fill(resampler, "kind", text(ResamplerKind.PERCEIVER));
        fill(resampler, "interpolation", text(TimeInterpolation.ENDS));
      }
      if (architecture.get("language") instanceof ObjectNode language) {
        fill(language, "smearedKeys", BooleanNode.FALSE);
        fill(language, "activation", text(Activation.SILU));
        fill(language, "gatedFeedForward", BooleanNode.TRUE);
      }
      if (architecture.get("crossAttention") instanceof ObjectNode crossAttention) {
        fill(crossAttention, "first", IntNode.valueOf(0));
        fill(crossAttention, "kind", text(CrossAttentionKind.GATED_DENSE));
        fill(crossAttention, "gated", BooleanNode.TRUE);
        fill(crossAttention, "sees", text(MediaVisibility.LAST));
      }
    }
  }

  private static void vision(ObjectNode architecture) {
    if (architecture.get("vision") instanceof ObjectNode vision
        && !vision.has(VisionConfigJson.KIND)) {
      fill(vision, VisionConfigJson.KIND, TextNode.valueOf(VisionConfigJson.NFNET));
      fill(vision, "standardization", text(Standardization.ADDED_EPSILON));
      fill(vision, "gamma", text(Gamma.IN_ACTIVATION));
      fill(vision, "activation", text(Activation.GELU));
      fill(vision, "skipInit", BooleanNode.TRUE);
      fill(vision, "finalWidth", IntNode.valueOf(0));
    }
  }

  private static void fill(ObjectNode object, String field, JsonNode value) {
    if (!object.has(field)) {
      object.set(field, value);
    }
  }

  private static JsonNode text(Enum<?> value) {
    return TextNode.valueOf(value.name());
  }
}
