package io.busbar.api.envelope;

/** Asks for all sources of the microgrid that the address is keyed by. */
public record ListSources() {}
