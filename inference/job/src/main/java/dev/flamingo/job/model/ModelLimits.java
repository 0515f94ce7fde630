package dev.flamingo.job.model;

import dev.flamingo.settings.Setting;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the three parts of the model are fed.
 *
 * @param encode frames
 * @param resample windows
 * @param answer questions and captions
 * @param late how old a frame may be that an encoder takes which has more to do than it can
 */
public record ModelLimits(
    @Setting("frames for the encoder") BatchLimits encode,
    @Setting("windows for the resampler") BatchLimits resample,
    @Setting("the language model") AnswererLimits answer,
    @Setting("how old a frame may be that a busy encoder still takes") Duration late)
    implements Serializable {}
