package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.events.EventJson;
import dev.flamingo.events.RedactedUri;
import dev.flamingo.events.SourceScheme;
import dev.flamingo.events.StreamId;
import dev.flamingo.events.StreamSpec;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what clients say of a stream: a registration, or a JSON merge patch (RFC 7396) of one. A
 * field of the wrong kind is named, never converted.
 */
final class StreamForm {

  private static final int LONGEST_LABEL_NAME = 100;
  private static final int LONGEST_LABEL = 1_000;
  private static final Set<String> FIELDS =
      Set.of("uri", "enabled", "captions", "labels", "snapshotSeconds");

  private final ObjectMapper mapper = EventJson.mapper();

  /**
   * Reads the id of a registration.
   *
   * @throws IllegalArgumentException if there is none
   */
  String id(JsonNode request) {
    if (!request.path("id").isTextual()) {
      throw new IllegalArgumentException(
          "the field id must be a text such as \"front-door\": it names the stream");
    }
    return new StreamId(request.path("id").textValue()).value();
  }

  /**
   * Reads a registration; what is left out is enabled, without captions and labels.
   *
   * @throws IllegalArgumentException if a field is wrong, in one sentence that names it
   */
  StreamSpec spec(JsonNode request) {
    var unusedUri = uri(request.path("uri"));
    var unusedEnabled = truth(request, "enabled");
    var unusedCaptions = truth(request, "captions");
    var unusedSeconds = seconds(request);
    var unusedLabels = merged(Map.of(), request.path("labels"));
    try {
      return mapper.treeToValue(request, StreamSpec.class);
    } catch (IOException e) {
      // Without the rest, which may repeat a camera's password.
      Throwable cause = e.getCause();
      throw new IllegalArgumentException(
          cause instanceof IllegalArgumentException
              ? "the stream cannot be registered: " + cause.getMessage()
              : "the stream has a field of the wrong kind: see the contract");
    }
  }

  /**
   * Applies a merge patch: what it leaves out stays, and null removes a label. The address as it is
   * shown, without its secrets, is the one that is known.
   *
   * @throws IllegalArgumentException if a field is wrong, in one sentence that names it
   */
  StreamSpec patched(String id, StreamSpec spec, JsonNode patch) {
    for (Iterator<String> names = patch.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (name.equals("id") && patch.get(name).asText().equals(id)) {
        continue;
      }
      require(
          !name.equals("id"),
          "the id of a stream never changes: give it another name by the label name");
      require(
          FIELDS.contains(name),
          "a stream has no field "
              + name
              + " that can be changed: use uri, enabled, captions, labels"
              + " or snapshotSeconds");
    }
    return new StreamSpec(
        patch.has("uri") ? changed(spec.uri(), patch.get("uri")) : spec.uri(),
        truth(patch, "enabled").orElse(spec.enabled()),
        truth(patch, "captions").orElse(spec.captions()),
        merged(spec.labels(), patch.path("labels")),
        seconds(patch).orElse(spec.snapshotSeconds()));
  }

  private static Optional<Integer> seconds(JsonNode request) {
    JsonNode field = request.path("snapshotSeconds");
    require(
        field.isMissingNode() || field.isInt(),
        "the field snapshotSeconds must be a whole number of seconds");
    return field.isMissingNode() ? Optional.empty() : Optional.of(field.intValue());
  }

  private static String changed(String uri, JsonNode field) {
    return RedactedUri.of(uri).text().equals(field.textValue()) ? uri : uri(field);
  }

  private static String uri(JsonNode field) {
    require(
        field.isTextual(),
        "the field uri must be a text, where the video comes from: " + SourceScheme.ACCEPTED);
    String uri = field.textValue();
    require(
        uri.equals(uri.strip()) && uri.chars().noneMatch(Character::isISOControl),
        "the field uri begins or ends with a blank, or holds a control character: leave it out");
    require(
        !RedactedUri.isRedacted(uri),
        "the field uri has *** where a secret was hidden: give the address whole");
    var unused = SourceScheme.of(uri);
    return uri;
  }

  private static Optional<Boolean> truth(JsonNode request, String name) {
    JsonNode field = request.path(name);
    require(
        field.isMissingNode() || field.isBoolean(), "the field " + name + " must be true or false");
    return field.isMissingNode() ? Optional.empty() : Optional.of(field.booleanValue());
  }

  private static Map<String, String> merged(Map<String, String> labels, JsonNode field) {
    require(
        field.isMissingNode() || field.isNull() || field.isObject(),
        "the field labels must be an object of texts");
    if (field.isNull()) {
      return Map.of();
    }
    Map<String, String> merged = new HashMap<>(labels);
    field
        .properties()
        .forEach(
            label -> {
              JsonNode text = label.getValue();
              require(
                  text.isTextual() || text.isNull(),
                  "the label " + label.getKey() + " must be a text, or null to remove it");
              require(
                  !label.getKey().isBlank() && label.getKey().length() <= LONGEST_LABEL_NAME,
                  "the name of a label has 1 to %d characters".formatted(LONGEST_LABEL_NAME));
              require(
                  text.isNull() || text.textValue().length() <= LONGEST_LABEL,
                  "the label %s has more than %d characters"
                      .formatted(label.getKey(), LONGEST_LABEL));
              if (text.isNull()) {
                merged.remove(label.getKey());
              } else {
                merged.put(label.getKey(), text.textValue());
              }
            });
    return merged;
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
