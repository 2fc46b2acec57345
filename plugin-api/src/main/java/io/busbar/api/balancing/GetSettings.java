package io.busbar.api.balancing;

/** Asks how the microgrid that the address is keyed by is balanced. */
public record GetSettings() {}
