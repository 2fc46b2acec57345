package io.busbar.api;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Meters, exposed to Prometheus. Names are lower case with underscores and end in the unit; tags
 * come as name, value, name, value.
 */
public interface Metrics {

  Counter counter(String name, String description, String... tags);

  Timing timing(String name, String description, String... tags);

  /** Registers a value that is read whenever metrics are scraped; replaces one of the same name. */
  void gauge(String name, String description, DoubleSupplier value, String... tags);

  /** A count that only grows. */
  interface Counter {
    void add(long amount);
  }

  /** Durations, as count, sum and maximum. */
  interface Timing {
    void record(Duration duration);
  }
}
