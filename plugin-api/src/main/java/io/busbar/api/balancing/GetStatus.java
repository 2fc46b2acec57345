package io.busbar.api.balancing;

/** Asks for the state of the microgrid that the address is keyed by. */
public record GetStatus() {}
