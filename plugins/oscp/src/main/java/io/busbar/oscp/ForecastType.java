package io.busbar.oscp;

/** What a forecast says. */
enum ForecastType {
  CONSUMPTION,
  GENERATION,
  FALLBACK_CONSUMPTION,
  FALLBACK_GENERATION,
  /** A wish inside the bounds of the others. */
  OPTIMUM;

  boolean isFallback() {
    return this == FALLBACK_CONSUMPTION || this == FALLBACK_GENERATION;
  }
}
