package dev.gptoss.engine.model;

/**
 * One token to compute.
 *
 * @param sequence keys and values of the sequence it belongs to
 * @param position position in the sequence, from 0
 * @param token its id
 * @param wantsLogits whether the token after it is asked for
 */
public record Row(KeyValues sequence, int position, int token, boolean wantsLogits) {}
