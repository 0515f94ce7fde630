package dev.flamingo.training.street;

import dev.flamingo.model.bundle.Bundle;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the street's training is to do.
 *
 * @param budget how long each stage trains
 * @param seed decides all data, and all first weights that do not come from a bundle
 * @param from a bundle whose parts are gone on from where they fit; null to begin with nothing
 * @param withholding whether no picture shows one of the held-out pairs of colour and kind: then
 *     nothing but the language model is taken from a bundle that was shown them, since text may
 *     speak of what no picture shows. A model to find out with whether pairs are composed, not one
 *     to ship
 */
public record StreetPlan(
    StreetBudget budget, long seed, @Nullable Bundle from, boolean withholding) {}
