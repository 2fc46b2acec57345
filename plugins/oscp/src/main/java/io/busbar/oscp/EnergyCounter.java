package io.busbar.oscp;

import io.busbar.api.field.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Energy of one node since it was first heard, import and export apart, which never falls: a
 * register that was reset or replaced is counted on from there. Where there is no register power is
 * summed up. Knows the energy at window boundaries, between two readings in proportion.
 */
final class EnergyCounter {

  /** Power holds for so long when nothing follows. */
  private static final Duration POWER_HOLDS = Duration.ofMinutes(5);

  private static final double MILLIS_PER_HOUR = 3_600_000.0;

  private final Duration period;
  private final NavigableMap<Instant, Energy> boundaries = new TreeMap<>();
  private Optional<Count> last = Optional.empty();
  private Instant first = Instant.MAX;

  /** Energy taken and given, in watt hours. */
  record Energy(double importWattHours, double exportWattHours) {

    static final Energy NONE = new Energy(0, 0);

    Energy plus(Energy other) {
      return new Energy(
          importWattHours + other.importWattHours, exportWattHours + other.exportWattHours);
    }

    Energy minus(Energy other) {
      return new Energy(
          importWattHours - other.importWattHours, exportWattHours - other.exportWattHours);
    }

    private Energy towards(Energy later, double share) {
      return new Energy(
          importWattHours + (later.importWattHours - importWattHours) * share,
          exportWattHours + (later.exportWattHours - exportWattHours) * share);
    }
  }

  /**
   * The count after a reading.
   *
   * @param at when it was read
   * @param energy all energy so far
   * @param register what the meter's register showed
   * @param powerWatts what the meter showed
   */
  record Count(Instant at, Energy energy, OptionalLong register, OptionalInt powerWatts) {}

  /**
   * A counter.
   *
   * @param period length of the windows whose boundaries are remembered
   */
  EnergyCounter(Duration period) {
    this.period = period;
  }

  /** Goes on from what was stored. */
  void load(Count stored) {
    last = Optional.of(stored);
    first = stored.at();
  }

  Optional<Count> last() {
    return last;
  }

  /** Counts a reading; one that is not newer than the last changes nothing. */
  void add(Reading reading) {
    Instant at = reading.measuredAt();
    if (reading.powerWatts().isEmpty() && reading.energyWattHours().isEmpty()) {
      return;
    }
    if (last.isEmpty()) {
      first = at;
      last =
          Optional.of(new Count(at, Energy.NONE, reading.energyWattHours(), reading.powerWatts()));
      return;
    }
    Count before = last.get();
    if (!at.isAfter(before.at())) {
      return;
    }
    OptionalLong register =
        reading.energyWattHours().isPresent() ? reading.energyWattHours() : before.register();
    Count next =
        new Count(at, before.energy().plus(since(before, reading)), register, reading.powerWatts());
    remember(before, next);
    last = Optional.of(next);
  }

  private static Energy since(Count before, Reading reading) {
    Energy summed = summed(before, reading);
    if (before.register().isEmpty() || reading.energyWattHours().isEmpty()) {
      return summed;
    }
    long difference = reading.energyWattHours().getAsLong() - before.register().getAsLong();
    // A register that fell was reset, or another meter is there: what power says counts instead.
    double taken = difference >= 0 ? difference : summed.importWattHours();
    return new Energy(taken, summed.exportWattHours());
  }

  private static Energy summed(Count before, Reading reading) {
    OptionalInt power = before.powerWatts().isPresent() ? before.powerWatts() : OptionalInt.empty();
    if (power.isEmpty()) {
      return Energy.NONE;
    }
    Duration time = Duration.between(before.at(), reading.measuredAt());
    Duration held = time.compareTo(POWER_HOLDS) < 0 ? time : POWER_HOLDS;
    double energy = power.getAsInt() * (held.toMillis() / MILLIS_PER_HOUR);
    return energy >= 0 ? new Energy(energy, 0) : new Energy(0, -energy);
  }

  private void remember(Count before, Count next) {
    double span = Duration.between(before.at(), next.at()).toMillis();
    Instant boundary = Windows.nextBoundary(before.at(), period);
    while (!boundary.isAfter(next.at())) {
      double share = span == 0 ? 1 : Duration.between(before.at(), boundary).toMillis() / span;
      boundaries.putIfAbsent(boundary, before.energy().towards(next.energy(), share));
      boundary = boundary.plus(period);
    }
  }

  /**
   * All energy at a boundary; empty when the meter was not heard for longer than patience by then.
   * What a silent meter counted meanwhile goes into a later window, so nothing is lost.
   */
  Optional<Energy> at(Instant boundary, Duration patience) {
    Energy known = boundaries.get(boundary);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Count> near =
        last.filter(count -> !count.at().isAfter(boundary))
            .filter(count -> !count.at().plus(patience).isBefore(boundary));
    near.ifPresent(count -> boundaries.put(boundary, count.energy()));
    return near.map(Count::energy);
  }

  /** Whether the meter was heard before an instant; of the time before nothing is known. */
  boolean isHeardBefore(Instant at) {
    return first.isBefore(at);
  }

  /** Boundaries before are not asked for any more. */
  void forget(Instant before) {
    boundaries.headMap(before, false).clear();
  }

  /** For tests and people. */
  Map<Instant, Energy> boundaries() {
    return Map.copyOf(boundaries);
  }
}
