package io.busbar.simulator;

import io.busbar.api.topology.AssetFacts.SourceFacts;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.simulator.SimulatorConfig.SiteConfig;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What draws or gives power on a site besides chargers. */
final class Backgrounds {

  private Backgrounds() {}

  /** A building under each meter where the settings want one, and every PV array of the site. */
  static List<BackgroundLoad> of(TopologySnapshot snapshot, SiteConfig site, long seed) {
    ZoneId zone = ZoneId.of(snapshot.microgrid().timeZone());
    List<BackgroundLoad> loads = new ArrayList<>();
    if (site.buildingPeakWatts() > 0) {
      for (Meter meter : snapshot.meters()) {
        long own = seed ^ meter.meterId().getLeastSignificantBits();
        loads.add(new BuildingLoad(meter.nodeId(), site.buildingPeakWatts(), zone, own));
      }
    }
    for (MicrogridNode node : snapshot.nodes()) {
      node.asset()
          .flatMap(asset -> asset.source())
          .filter(source -> source.kind() == SourceFacts.Kind.PV)
          .map(SourceFacts::ratedExportWatts)
          .ifPresent(peak -> loads.add(pv(node, peak, site, seed)));
    }
    return loads;
  }

  private static PvArray pv(MicrogridNode node, double peakWatts, SiteConfig site, long seed) {
    return new PvArray(node.nodeId(), peakWatts, site.latitude(), site.longitude(), seed);
  }
}
