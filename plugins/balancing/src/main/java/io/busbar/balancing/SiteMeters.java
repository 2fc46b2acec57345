package io.busbar.balancing;

import io.busbar.api.Metrics;
import io.busbar.api.balancing.CycleResult.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * Meters of sites. The first {@value #NAMED} sites have meters of their own; all further ones share
 * a set that is labelled {@value #OTHERS}, because whoever scrapes would choke on all of them.
 */
final class SiteMeters {

  static final int NAMED = 500;
  static final String OTHERS = "others";
  private static final String LABEL = "microgrid";

  private final Metrics metrics;
  private final Set<UUID> named = new HashSet<>();
  private final Map<List<String>, List<DoubleSupplier>> gaugesOfOthers = new HashMap<>();

  /**
   * Something of a site that goes up and down.
   *
   * @param labels further names and values, alternating
   */
  record Gauge(String name, String description, DoubleSupplier value, List<String> labels) {
    Gauge {
      labels = List.copyOf(labels);
    }

    private List<String> key() {
      return Stream.concat(Stream.of(name), labels.stream()).toList();
    }
  }

  SiteMeters(Metrics metrics) {
    this.metrics = metrics;
  }

  /** What one site counts with. */
  One of(UUID microgridId, List<Gauge> gauges) {
    if (named.size() < NAMED) {
      named.add(microgridId);
    }
    if (named.contains(microgridId)) {
      gauges.forEach(gauge -> show(gauge, gauge.value(), microgridId.toString()));
      return new One(metrics, microgridId.toString());
    }
    gauges.forEach(this::addToOthers);
    return new One(metrics, OTHERS);
  }

  private void addToOthers(Gauge gauge) {
    List<DoubleSupplier> all =
        gaugesOfOthers.computeIfAbsent(gauge.key(), none -> new CopyOnWriteArrayList<>());
    all.add(gauge.value());
    if (all.size() == 1) {
      show(gauge, () -> all.stream().mapToDouble(DoubleSupplier::getAsDouble).sum(), OTHERS);
    }
  }

  private void show(Gauge gauge, DoubleSupplier value, String label) {
    List<String> labels = new ArrayList<>(List.of(LABEL, label));
    labels.addAll(gauge.labels());
    metrics.gauge(gauge.name(), gauge.description(), value, labels.toArray(String[]::new));
  }

  /** Meters of one site, or of all that share them. */
  static final class One {
    final Metrics.Timing duration;
    final Metrics.Counter sent;
    final Metrics.Counter refused;
    final Metrics.Counter lost;
    private final Map<Outcome, Metrics.Counter> cycles = new EnumMap<>(Outcome.class);

    private One(Metrics metrics, String label) {
      duration = metrics.timing("cycle_duration", "Time to decide a cycle", LABEL, label);
      sent = metrics.counter("set_points_sent", "Set-points sent", LABEL, label);
      refused =
          metrics.counter("set_points_refused", "Set-points that a device refused", LABEL, label);
      lost =
          metrics.counter(
              "set_points_lost", "Set-points that nobody confirmed in time", LABEL, label);
      for (Outcome outcome : Outcome.values()) {
        String name = outcome.name().toLowerCase(Locale.ROOT);
        cycles.put(outcome, metrics.counter("cycles", "Cycles", LABEL, label, "outcome", name));
      }
    }

    Metrics.Counter cycles(Outcome outcome) {
      return cycles.get(outcome);
    }
  }
}
