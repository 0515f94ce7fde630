package dev.flamingo.job.model;

import java.io.Serializable;

/**
 * How the three parts of the model are fed.
 *
 * @param encode frames
 * @param resample windows
 * @param answer questions and captions
 */
public record ModelLimits(BatchLimits encode, BatchLimits resample, AnswererLimits answer)
    implements Serializable {}
