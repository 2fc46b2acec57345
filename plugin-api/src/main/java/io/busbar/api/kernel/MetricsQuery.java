package io.busbar.api.kernel;

/** Asks for all meters. */
public record MetricsQuery() {}
