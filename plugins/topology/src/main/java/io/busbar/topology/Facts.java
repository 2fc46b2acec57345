package io.busbar.topology;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.AssetFacts.SourceFacts;
import io.busbar.topology.Site.Rated;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An asset as others on the bus see it. */
final class Facts {

  private Facts() {}

  static AssetFacts of(Rated asset) {
    return switch (asset) {
      case Site.Circuit circuit ->
          new AssetFacts(
              circuit.ref().id(),
              circuit.capacityWatts(),
              circuit.failSafeWatts(),
              circuit.wiring(),
              Optional.empty(),
              Optional.empty(),
              circuit.conductors(),
              circuit.rampWattsPerSecond());
      case Site.ChargePoint point ->
          new AssetFacts(
              point.ref().id(),
              point.maxWatts(),
              OptionalInt.empty(),
              point.wiring(),
              Optional.empty(),
              Optional.empty(),
              List.of());
      case Site.Connector connector -> connector(connector);
      case Site.PowerSource source ->
          new AssetFacts(
              source.ref().id(),
              source.maxImportWatts(),
              OptionalInt.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(new SourceFacts(source.kind(), source.maxExportWatts())),
              List.of());
    };
  }

  private static AssetFacts connector(Site.Connector connector) {
    ConnectorRating rating = connector.rating();
    return new AssetFacts(
        connector.ref().id(),
        rating.maxWatts(),
        OptionalInt.of(rating.failSafeWatts()),
        Optional.of(rating.wiring()),
        Optional.of(rating.facts()),
        Optional.empty(),
        List.of(),
        rating.rampWattsPerSecond());
  }
}
