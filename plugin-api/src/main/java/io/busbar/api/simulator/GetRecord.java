package io.busbar.api.simulator;

/** Asks what has happened on the microgrid that the address is keyed by. */
public record GetRecord() {}
