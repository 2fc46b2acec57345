package io.busbar.api.topology;

/** Asks for the current tree of the microgrid that the address is keyed by. */
public record GetSnapshot() {}
