package io.busbar.topology;

import io.busbar.api.Problem;
import io.busbar.api.topology.Wiring;
import io.busbar.documents.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads ratings in watts or amperes and names those that are missing or contradict each other. */
final class Ratings {

  /** Stands for a rating that is missing, which was named, so that no other rule trips over it. */
  private static final int NAMED_AS_MISSING = Integer.MAX_VALUE;

  private static final String RAMP_WATTS = "ramp_watts_per_second";
  private static final String RAMP_AMPS = "ramp_amps_per_second";

  private final Document document;
  private final List<Problem> problems = new ArrayList<>();

  Ratings(Document document) {
    this.document = document;
  }

  List<Problem> problems() {
    return problems;
  }

  /** A rating that must be there, as {@code KEY_watts} or {@code KEY_amps}. */
  int required(Entry entry, Object what, String key) {
    OptionalInt watts = optional(entry, what, key);
    if (watts.isEmpty() && !entry.deciding(key + "_watts", key + "_amps").has(key + "_amps")) {
      missing(
          entry,
          "%s has no rating: give %s_watts, or %s_amps with volts and phases",
          what,
          key,
          key);
    }
    return watts.orElse(NAMED_AS_MISSING);
  }

  /** A rating that may be absent; the lower one when it is given in watts and amperes. */
  OptionalInt optional(Entry entry, Object what, String key) {
    Entry deciding = entry.deciding(key + "_watts", key + "_amps");
    OptionalInt watts = deciding.whole(key + "_watts");
    OptionalDouble amps = deciding.number(key + "_amps");
    Optional<Wiring> wiring = entry.wiring();
    if (amps.isEmpty()) {
      return watts;
    }
    if (wiring.isEmpty()) {
      missing(entry, "%s has %s_amps, which needs volts and phases", what, key);
      return OptionalInt.empty();
    }
    int carried = floorWatts(amps.getAsDouble(), wiring.get());
    return OptionalInt.of(Math.min(carried, watts.orElse(carried)));
  }

  /** Fail-safe capacity of a circuit, which may not be above its continuous one. */
  OptionalInt failSafe(Entry entry, Object what, int capacityWatts) {
    OptionalInt failSafe = optional(entry, what, "fail_safe_capacity");
    if (failSafe.isPresent() && failSafe.getAsInt() > capacityWatts) {
      wrong(
          entry,
          "%s: fail-safe capacity %d W is above its continuous capacity %d W",
          what,
          failSafe.getAsInt(),
          capacityWatts);
    }
    return failSafe;
  }

  /** Ratings of a connector; absent when something is missing, which is named then. */
  Optional<ConnectorRating> connector(Entry entry, Object what) {
    Optional<Wiring> wiring = entry.wiring();
    if (wiring.isEmpty()) {
      missing(entry, "%s: volts and phases are missing, here and under defaults.connectors", what);
    }
    Entry deciding = entry.deciding("max_watts", "max_amps");
    OptionalDouble maxAmps = deciding.number("max_amps");
    OptionalInt maxWatts = deciding.whole("max_watts");
    if (maxAmps.isEmpty() && maxWatts.isEmpty()) {
      missing(entry, "%s has no rating: give max_amps or max_watts", what);
      return Optional.empty();
    }
    return wiring.map(wires -> connector(entry, what, wires, maxAmps, maxWatts));
  }

  private ConnectorRating connector(
      Entry entry, Object what, Wiring wiring, OptionalDouble maxAmps, OptionalInt maxWatts) {
    double amps = maxAmps.orElseGet(() -> (double) maxWatts.getAsInt() / wiring.wattsPerAmp());
    int carried = maxAmps.isPresent() ? floorWatts(amps, wiring) : maxWatts.getAsInt();
    double minAmps = entry.number("min_amps").orElse(6);
    double failSafe = entry.number("fail_safe_amps").orElse(0);
    if (minAmps > amps) {
      wrong(entry, "%s: min_amps %s is above its maximum of %s A", what, minAmps, amps);
    }
    if (failSafe > 0 && failSafe < minAmps) {
      wrong(
          entry,
          "%s: fail_safe_amps %s is neither 0 nor at least min_amps %s",
          what,
          failSafe,
          minAmps);
    }
    return new ConnectorRating(
        wiring,
        minAmps,
        amps,
        entry.number("step_amps").orElse(0),
        failSafe,
        entry.whole("watchdog_seconds").orElse(60),
        Math.min(carried, maxWatts.orElse(carried)),
        ramp(entry, what));
  }

  /** How fast something may rise, W/s; the slower one when it is given in watts and amperes. */
  OptionalInt ramp(Entry entry, Object what) {
    Entry deciding = entry.deciding(RAMP_WATTS, RAMP_AMPS);
    OptionalInt watts = deciding.whole(RAMP_WATTS);
    OptionalDouble amps = deciding.number(RAMP_AMPS);
    if (amps.isEmpty()) {
      return watts;
    }
    if (entry.wiring().isEmpty()) {
      missing(entry, "%s has %s, which needs volts and phases", what, RAMP_AMPS);
      return watts;
    }
    int rise = Math.max(1, floorWatts(amps.getAsDouble(), entry.wiring().get()));
    return OptionalInt.of(Math.min(rise, watts.orElse(rise)));
  }

  /** Import or export rating of a power source; 0 where it may be absent. */
  int source(Entry entry, Object what, String key, boolean needed) {
    OptionalInt watts = entry.whole(key);
    if (watts.isEmpty() && needed) {
      missing(entry, "%s has no rating: give %s", what, key);
    }
    return watts.orElse(0);
  }

  void wrong(Entry entry, String message, Object... values) {
    problems.add(document.problem(Document.SCHEMA, entry.place(), message.formatted(values)));
  }

  private void missing(Entry entry, String message, Object... values) {
    problems.add(document.problem("MISSING_RATING", entry.place(), message.formatted(values)));
  }

  /** Whole watts, down; a hair is added so that 0.1 × 230 × 100 stays 2300. */
  private static int floorWatts(double amps, Wiring wiring) {
    return (int) Math.floor(amps * wiring.wattsPerAmp() + 1e-6);
  }
}
