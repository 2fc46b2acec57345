package io.busbar.topology;

import io.busbar.api.topology.AssetFacts.SourceFacts;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Wiring;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A depot's assets as the site file says, defaults and lists of equal ones written out. May still
 * break rules of the domain; {@link SiteRules} says which.
 */
record Site(
    Depot depot,
    List<Circuit> circuits,
    List<ChargePoint> chargePoints,
    List<Connector> connectors,
    List<PowerSource> powerSources,
    List<MeterAsset> meters) {

  /** Kinds of things that have ids in a site file. */
  enum Kind {
    CIRCUIT("circuit"),
    CHARGE_POINT("charge point"),
    CONNECTOR("connector"),
    POWER_SOURCE("power source"),
    METER("meter");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Reference to an asset: ids are unique among one kind only. */
  record Ref(Kind kind, String id) {
    @Override
    public String toString() {
      return kind.words() + " '" + id + "'";
    }
  }

  /** Anything with an id. */
  sealed interface Asset {
    Ref ref();

    String name();

    /** JSON pointer of where it is written. */
    String place();
  }

  /** An asset that may hang from another and has ratings in watts. */
  sealed interface Rated extends Asset {
    /** What it hangs from; absent for the feeder of a grid connection. */
    Optional<Ref> parent();
  }

  record Depot(String id, String name, String timeZone) {}

  record Circuit(
      Ref ref,
      String name,
      String place,
      Optional<Ref> parent,
      int capacityWatts,
      OptionalInt failSafeWatts,
      Optional<Wiring> wiring,
      List<Conductor> conductors,
      OptionalInt rampWattsPerSecond)
      implements Rated {}

  record ChargePoint(
      Ref ref,
      String name,
      String place,
      Optional<Ref> parent,
      int maxWatts,
      Optional<Wiring> wiring)
      implements Rated {}

  record Connector(Ref ref, String name, String place, Optional<Ref> parent, ConnectorRating rating)
      implements Rated {}

  record PowerSource(
      Ref ref,
      String name,
      String place,
      Optional<Ref> parent,
      SourceFacts.Kind kind,
      int maxImportWatts,
      int maxExportWatts)
      implements Rated {}

  /** A meter and the asset it measures. */
  record MeterAsset(
      Ref ref,
      String name,
      String place,
      Optional<Ref> measures,
      List<Meter.Fallback> fallback,
      Meter.Checks checks)
      implements Asset {}
}
