package dev.flamingo.model.bundle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.flamingo.model.nn.ClipVitConfig;
import dev.flamingo.model.nn.NfnetConfig;

/** Says in JSON which vision encoder it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = VisionConfigJson.KIND)
@JsonSubTypes({
  @JsonSubTypes.Type(value = NfnetConfig.class, name = VisionConfigJson.NFNET),
  @JsonSubTypes.Type(value = ClipVitConfig.class, name = "clip-vit")
})
interface VisionConfigJson {

  /** The field that says it. */
  String KIND = "kind";

  /** What it was before there was a choice. */
  String NFNET = "nfnet";
}
