package io.busbar.api.topology;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of an asset.
 *
 * @param ref its id in the site file
 * @param ratedWatts continuous rating: default capacity of a circuit, maximum of a charge point or
 *     connector, rated import of a power source
 * @param failSafeWatts what it may carry when the state of the site is uncertain; of a connector,
 *     what it falls back to by itself
 * @param wiring how it is connected; absent where nobody said
 * @param connector what only connectors have
 * @param source what only power sources have
 * @param conductors wires whose currents are bounded beside the rating
 * @param rampWattsPerSecond how fast what is allowed below it may rise; of a connector, how fast
 *     its device follows its set-point; absent where nothing bounds that
 */
public record AssetFacts(
    String ref,
    int ratedWatts,
    OptionalInt failSafeWatts,
    Optional<Wiring> wiring,
    Optional<ConnectorFacts> connector,
    Optional<SourceFacts> source,
    List<Conductor> conductors,
    OptionalInt rampWattsPerSecond) {

  public AssetFacts {
    conductors = List.copyOf(conductors);
    rampWattsPerSecond = Objects.requireNonNullElse(rampWattsPerSecond, OptionalInt.empty());
  }

  /** An asset whose power may change at once. */
  public AssetFacts(
      String ref,
      int ratedWatts,
      OptionalInt failSafeWatts,
      Optional<Wiring> wiring,
      Optional<ConnectorFacts> connector,
      Optional<SourceFacts> source,
      List<Conductor> conductors) {
    this(
        ref, ratedWatts, failSafeWatts, wiring, connector, source, conductors, OptionalInt.empty());
  }

  /**
   * What the charging standard needs to know of a connector. Currents are per phase.
   *
   * @param minAmps least current a vehicle can take, 6 by IEC 61851; below it only 0 is possible
   * @param maxAmps most current
   * @param stepAmps resolution of its set-point; 0 means continuous
   * @param failSafeAmps what it allows by itself when set-points stop
   * @param watchdogSeconds how long after the last set-point it falls back
   * @param minWatts {@code minAmps} at nominal voltage on the connector's wires, rounded up
   */
  public record ConnectorFacts(
      double minAmps,
      double maxAmps,
      double stepAmps,
      double failSafeAmps,
      int watchdogSeconds,
      int minWatts) {}

  /**
   * What only power sources have.
   *
   * @param kind what makes or stores the power
   * @param ratedExportWatts most it can feed in
   */
  public record SourceFacts(Kind kind, int ratedExportWatts) {

    /** Kind of source. */
    public enum Kind {
      PV,
      BATTERY,
      GENERATOR
    }
  }
}
