package dev.flamingo.standalone.bench;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What the stream job does with so many streams.
 *
 * @param streams at one frame a second
 * @param tally what it did
 * @param holds whether it kept the limits
 */
record StreamsRow(int streams, @JsonUnwrapped LoadTally tally, boolean holds) {}
