package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Tensor;

/**
 * Text where every token sees one medium or none, sorted by what it sees: attention then costs as
 * many scores as there are visual tokens in one medium, not in all media of the text. The result is
 * that of {@link MediaVisibility#LAST}.
 *
 * @param gather for every medium the numbers of the tokens that see it, counted through the batch,
 *     filled up with any token's {@code [media, most]}
 * @param scatter for every token its place among the gathered {@code [batch, tokens]}
 * @param sees 1 for a token that sees a medium, 0 for one that sees none {@code [batch, tokens, 1]}
 */
public record Chunks(Tensor gather, Tensor scatter, Tensor sees) {}
