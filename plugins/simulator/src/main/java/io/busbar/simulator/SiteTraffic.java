package io.busbar.simulator;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.simulator.SimulatorConfig.SiteConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which vehicles come to a site, and what else draws power there. */
final class SiteTraffic {

  private static final int DAYS_BEFORE = 1;
  private static final int DAYS_AHEAD = 14;

  private final SimulatorConfig config;
  private final SiteConfig site;
  private final TopologySnapshot snapshot;
  private final ZoneId zone;

  SiteTraffic(SimulatorConfig config, TopologySnapshot snapshot) {
    this.config = config;
    this.snapshot = snapshot;
    this.site = config.of(snapshot.microgrid().name());
    this.zone = ZoneId.of(snapshot.microgrid().timeZone());
  }

  /** The site with its own traffic: those who came earlier today are there already. */
  Physics warmedUp(Instant now) {
    Duration shift = site.localTime().map(time -> shift(now, time)).orElse(Duration.ZERO);
    List<Stay> stays = new ArrayList<>();
    for (Stay stay : generated(now.plus(shift))) {
      Stay shifted = shifted(stay, shift.negated());
      if (shifted.departure().isAfter(now)) {
        stays.add(shifted.arrival().isBefore(now) ? underWay(shifted, now) : shifted);
      }
    }
    return with(stays, now);
  }

  /** How far the site's time of day is from the one it shall have, on the next ordinary Tuesday. */
  private Duration shift(Instant now, java.time.LocalTime wanted) {
    LocalDate day = now.atZone(zone).toLocalDate();
    while (day.getDayOfWeek() != java.time.DayOfWeek.TUESDAY) {
      day = day.plusDays(1);
    }
    return Duration.between(now, ZonedDateTime.of(day, wanted, zone).toInstant());
  }

  private List<Stay> generated(Instant around) {
    List<MicrogridNode> connectors =
        snapshot.nodes().stream().filter(n -> n.nodeType() == NodeType.CONNECTOR).toList();
    LocalDate from = around.atZone(zone).toLocalDate().minusDays(DAYS_BEFORE);
    LocalDate to = from.plusDays(DAYS_BEFORE + DAYS_AHEAD);
    return switch (site.traffic()) {
      case NONE -> List.of();
      case WORKPLACE ->
          new WorkplaceTraffic(connectors, zone, site.factor(), config.seed()).stays(from, to);
      case FLEET -> new FleetTraffic(connectors, zone, config.seed()).stays(from, to);
    };
  }

  private static Stay shifted(Stay stay, Duration by) {
    return new Stay(
        stay.sessionId(),
        stay.nodeId(),
        stay.arrival().plus(by),
        stay.departure().plus(by),
        stay.announcedDeparture().plus(by),
        stay.energyWattHours(),
        stay.maxWatts(),
        stay.capacityWattHours());
  }

  /** Somebody who came earlier has taken what half of his power gave since; some is left. */
  private static Stay underWay(Stay stay, Instant now) {
    double hours = Duration.between(stay.arrival(), now).toSeconds() / 3600.0;
    int left =
        (int)
            Math.max(
                stay.energyWattHours() * 0.1, stay.energyWattHours() - hours * stay.maxWatts() / 2);
    return new Stay(
        stay.sessionId(),
        stay.nodeId(),
        now,
        stay.departure(),
        stay.announcedDeparture(),
        left,
        stay.maxWatts(),
        stay.capacityWattHours());
  }

  /** The site with these stays. */
  Physics with(List<Stay> stays, Instant now) {
    Physics physics = new Physics(snapshot, config.rampSeconds(), backgrounds(), now);
    physics.plan(stays.stream().sorted(Comparator.comparing(Stay::arrival)).toList());
    return physics;
  }

  private List<BackgroundLoad> backgrounds() {
    List<BackgroundLoad> loads = new ArrayList<>();
    if (site.buildingPeakWatts() > 0) {
      for (Meter meter : snapshot.meters()) {
        long seed = config.seed() ^ meter.meterId().getLeastSignificantBits();
        loads.add(new BuildingLoad(meter.nodeId(), site.buildingPeakWatts(), zone, seed));
      }
    }
    for (MicrogridNode node : snapshot.nodes()) {
      node.asset()
          .flatMap(asset -> asset.source())
          .filter(source -> source.kind() == io.busbar.api.topology.AssetFacts.SourceFacts.Kind.PV)
          .ifPresent(source -> loads.add(pv(node, source.ratedExportWatts())));
    }
    return loads;
  }

  private PvArray pv(MicrogridNode node, double peakWatts) {
    return new PvArray(node.nodeId(), peakWatts, site.latitude(), site.longitude(), config.seed());
  }
}
