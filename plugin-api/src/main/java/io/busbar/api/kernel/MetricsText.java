package io.busbar.api.kernel;

/** All meters in Prometheus text exposition format 0.0.4. */
public record MetricsText(String text) {}
