package io.busbar.oscp;

import io.busbar.api.field.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
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
   * @param register what the meter's register showed last
   * @param registered energy that the register showed, when it was read last
   * @param powerWatts what the meter showed
   */
  record Count(
      Instant at,
      Energy energy,
      OptionalLong register,
      OptionalDouble registered,
      OptionalInt powerWatts) {}

  /** All energy at a boundary. */
  record Boundary(Instant at, Energy energy) {}

  /**
   * What a restart must not lose.
   *
   * @param last the count after the last reading
   * @param first when the meter was first heard
   * @param boundaries of windows that are not measured yet
   */
  record Kept(Count last, Instant first, List<Boundary> boundaries) {

    Kept {
      boundaries = List.copyOf(boundaries);
    }
  }

  /**
   * A counter.
   *
   * @param period length of the windows whose boundaries are remembered
   */
  EnergyCounter(Duration period) {
    this.period = period;
  }

  /** Goes on from what was stored. */
  void load(Kept stored) {
    last = Optional.of(stored.last());
    first = stored.first();
    stored.boundaries().forEach(boundary -> boundaries.put(boundary.at(), boundary.energy()));
  }

  /** What has to be stored; boundaries before an instant are not. */
  Optional<Kept> kept(Instant from) {
    List<Boundary> open =
        boundaries.tailMap(from).entrySet().stream()
            .map(entry -> new Boundary(entry.getKey(), entry.getValue()))
            .toList();
    return last.map(count -> new Kept(count, first, open));
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
      last = Optional.of(count(reading, Energy.NONE, OptionalLong.empty(), OptionalDouble.empty()));
      return;
    }
    Count before = last.get();
    if (!at.isAfter(before.at())) {
      return;
    }
    Count next = next(before, reading);
    remember(before, next);
    last = Optional.of(next);
  }

  /**
   * Counts on from the last reading. Where the register was read what it says replaces what power
   * said since it was read before, but nothing that was counted is taken back.
   */
  private static Count next(Count before, Reading reading) {
    Energy counted = before.energy().plus(summed(before, reading));
    if (before.register().isEmpty() || reading.energyWattHours().isEmpty()) {
      return count(reading, counted, before.register(), before.registered());
    }
    long difference = reading.energyWattHours().getAsLong() - before.register().getAsLong();
    if (difference < 0) {
      // A register that fell was reset, or another meter is there: what power says counts instead.
      return count(reading, counted, before.register(), before.registered());
    }
    double taken = before.energy().importWattHours();
    double shown = before.registered().orElse(taken) + difference;
    Energy energy = new Energy(Math.max(taken, shown), counted.exportWattHours());
    return new Count(
        reading.measuredAt(),
        energy,
        reading.energyWattHours(),
        OptionalDouble.of(shown),
        reading.powerWatts());
  }

  /** A register that is shown for the first time, or anew, begins at what is counted. */
  private static Count count(
      Reading reading, Energy energy, OptionalLong register, OptionalDouble registered) {
    boolean shown = reading.energyWattHours().isPresent();
    return new Count(
        reading.measuredAt(),
        energy,
        shown ? reading.energyWattHours() : register,
        shown ? OptionalDouble.of(energy.importWattHours()) : registered,
        reading.powerWatts());
  }

  private static Energy summed(Count before, Reading reading) {
    OptionalInt power = before.powerWatts();
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
