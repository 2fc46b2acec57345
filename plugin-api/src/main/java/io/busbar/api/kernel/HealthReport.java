package io.busbar.api.kernel;

import io.busbar.api.Health;
import java.time.Instant;
import java.util.List;

/**
 * How everything is.
 *
 * @param status the worst of all components that are not optional
 * @param ready whether every plugin has started and no part of one is still starting
 * @param version version of Busbar
 * @param startedAt when the process started
 * @param components kernel parts and plugins, each with what is wrong and since when
 */
public record HealthReport(
    Health.Status status,
    boolean ready,
    String version,
    Instant startedAt,
    List<Component> components) {

  public HealthReport {
    components = List.copyOf(components);
  }

  /**
   * One part.
   *
   * @param name {@code kernel}, {@code database}, {@code plugin:ID} or {@code plugin:ID/part}
   * @param status its state
   * @param message what is wrong and what happens next; empty when fine
   * @param since when it entered this state
   */
  public record Component(String name, Health.Status status, String message, Instant since) {}
}
