package io.busbar.api.kernel;

/** Asks how everything is. */
public record HealthQuery() {}
