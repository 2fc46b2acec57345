package io.busbar.api.envelope;

/** Asks which nodes of the microgrid envelopes bound, now or later. */
public record GetTargets() {}
