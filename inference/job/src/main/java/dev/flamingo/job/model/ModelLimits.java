package dev.flamingo.job.model;

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
    BatchLimits encode, BatchLimits resample, AnswererLimits answer, Duration late)
    implements Serializable {}
