package io.busbar.api.topology;

/** Asks for all control points of the microgrid that the address is keyed by. */
public record ListControlPoints() {}
