package dev.flamingo.job.state;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All kinds of records in the job's state. What was released once is read for ever. */
public final class StoredTypes {

  /** Frames that wait for the encoder. */
  public static final StoredType<StoredFrameV1> FRAME =
      new StoredType<>(
          "frame", StoredFrameV1.class, StoredFrameV1::write, List.of(StoredFrameV1::read));

  /** How far streams have been read. */
  public static final StoredType<StoredMomentV1> MOMENT =
      new StoredType<>(
          "moment", StoredMomentV1.class, StoredMomentV1::write, List.of(StoredMomentV1::read));

  /** Features of frames. */
  public static final StoredType<StoredFeaturesV1> FEATURES =
      new StoredType<>(
          "features",
          StoredFeaturesV1.class,
          StoredFeaturesV1::write,
          List.of(StoredFeaturesV1::read));

  /** Visual tokens of windows. */
  public static final StoredType<StoredTokensV1> TOKENS =
      new StoredType<>(
          "tokens", StoredTokensV1.class, StoredTokensV1::write, List.of(StoredTokensV1::read));

  /** Which frames of streams are remembered. */
  public static final StoredType<StoredStreamV1> STREAM =
      new StoredType<>(
          "stream", StoredStreamV1.class, StoredStreamV1::write, List.of(StoredStreamV1::read));

  /** The windows of streams' histories. */
  public static final StoredType<StoredHistoryV1> HISTORY =
      new StoredType<>(
          "history", StoredHistoryV1.class, StoredHistoryV1::write, List.of(StoredHistoryV1::read));

  /** Which visual tokens of streams are kept. */
  public static final StoredType<StoredShelfV1> SHELF =
      new StoredType<>(
          "shelf", StoredShelfV1.class, StoredShelfV1::write, List.of(StoredShelfV1::read));

  /** What the registry says of streams. */
  public static final StoredType<StoredRegistrationV1> REGISTRATION =
      new StoredType<>(
          "registration",
          StoredRegistrationV1.class,
          StoredRegistrationV1::write,
          List.of(StoredRegistrationV1::read));

  /** Registered supports. */
  public static final StoredType<StoredSupportV1> SUPPORT =
      new StoredType<>(
          "support", StoredSupportV1.class, StoredSupportV1::write, List.of(StoredSupportV1::read));

  /** Questions that wait. */
  public static final StoredType<StoredQuestionV1> QUESTION =
      new StoredType<>(
          "question",
          StoredQuestionV1.class,
          StoredQuestionV1::write,
          List.of(StoredQuestionV1::read));

  /** How long questions wait. */
  public static final StoredType<StoredWaitV1> WAIT =
      new StoredType<>(
          "wait", StoredWaitV1.class, StoredWaitV1::write, List.of(StoredWaitV1::read));

  /** How much waits. */
  public static final StoredType<StoredTotalV1> TOTAL =
      new StoredType<>(
          "total", StoredTotalV1.class, StoredTotalV1::write, List.of(StoredTotalV1::read));

  /** Ids of questions that were asked. */
  public static final StoredType<StoredIdV1> ID =
      new StoredType<>("id", StoredIdV1.class, StoredIdV1::write, List.of(StoredIdV1::read));

  /** Rings of slots. */
  public static final StoredType<StoredRingV1> RING =
      new StoredType<>(
          "ring", StoredRingV1.class, StoredRingV1::write, List.of(StoredRingV1::read));

  /** What waits for the resampler. */
  public static final StoredType<StoredVisualTaskV1> VISUAL_TASK =
      new StoredType<>(
          "visual-task",
          StoredVisualTaskV1.class,
          StoredVisualTaskV1::write,
          List.of(StoredVisualTaskV1::read));

  /** What waits for the language model. */
  public static final StoredType<StoredTaskV1> TASK =
      new StoredType<>(
          "task", StoredTaskV1.class, StoredTaskV1::write, List.of(StoredTaskV1::read));

  private static final Map<String, StoredType<?>> BY_NAME =
      Stream.of(
              FRAME,
              MOMENT,
              FEATURES,
              TOKENS,
              STREAM,
              HISTORY,
              SHELF,
              REGISTRATION,
              SUPPORT,
              QUESTION,
              WAIT,
              TOTAL,
              ID,
              RING,
              VISUAL_TASK,
              TASK)
          .collect(Collectors.toUnmodifiableMap(StoredType::name, Function.identity()));

  private StoredTypes() {}

  /**
   * Returns the kind of a name.
   *
   * @throws UnreadableStateException if there is none
   */
  static StoredType<?> named(String name) {
    StoredType<?> type = BY_NAME.get(name);
    if (type == null) {
      throw UnreadableStateException.ofKind(name);
    }
    return type;
  }

  /** Returns the names of all kinds. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }
}
