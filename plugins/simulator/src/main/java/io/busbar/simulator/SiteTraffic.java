package io.busbar.simulator;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.simulator.SimulatorConfig.SiteConfig;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Which vehicles come to a site, day by day. Where the site shall have a time of day of its own,
 * its traffic runs on a shifted calendar.
 */
final class SiteTraffic {

  private static final int DAYS_BEFORE = 1;

  private final Traffic traffic;
  private final ZoneId zone;
  private final Duration shift;
  private LocalDate next;

  SiteTraffic(SiteConfig site, long seed, ZoneId zone, Instant start) {
    this.zone = zone;
    this.shift = site.localTime().map(time -> shift(start, time)).orElse(Duration.ZERO);
    this.next = day(start).minusDays(DAYS_BEFORE);
    this.traffic =
        switch (site.traffic()) {
          case NONE -> Traffic.NONE;
          case WORKPLACE ->
              new WorkplaceTraffic(WorkplaceHabits.measured(), zone, site.factor(), seed);
          case FLEET -> new FleetTraffic(zone, seed);
        };
  }

  /** How far the site's time of day is from the one it shall have, on the next ordinary Tuesday. */
  private Duration shift(Instant now, LocalTime wanted) {
    LocalDate day = now.atZone(zone).toLocalDate();
    while (day.getDayOfWeek() != DayOfWeek.TUESDAY) {
      day = day.plusDays(1);
    }
    return Duration.between(now, ZonedDateTime.of(day, wanted, zone).toInstant());
  }

  private LocalDate day(Instant instant) {
    return instant.plus(shift).atZone(zone).toLocalDate();
  }

  /** Stays not planned yet that begin by the end of tomorrow; empty on most calls. */
  List<Stay> upToTomorrow(Instant now, TopologySnapshot site) {
    LocalDate last = day(now).plusDays(1);
    if (next.isAfter(last)) {
      return List.of();
    }
    List<MicrogridNode> connectors =
        site.nodes().stream().filter(n -> n.nodeType() == NodeType.CONNECTOR).toList();
    List<Stay> stays = new ArrayList<>();
    for (; !next.isAfter(last); next = next.plusDays(1)) {
      traffic.day(next, connectors).forEach(stay -> stays.add(shifted(stay)));
    }
    return stays;
  }

  private Stay shifted(Stay stay) {
    Duration by = shift.negated();
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

  /**
   * Somebody who came before the simulator began: it has taken what half of its power gave since,
   * but wants at least a tenth still.
   */
  static Stay underWay(Stay stay, Instant now) {
    double hours = Duration.between(stay.arrival(), now).toSeconds() / 3600.0;
    double left = stay.energyWattHours() - hours * stay.maxWatts() / 2;
    return new Stay(
        stay.sessionId(),
        stay.nodeId(),
        now,
        stay.departure(),
        stay.announcedDeparture(),
        (int) Math.max(stay.energyWattHours() * 0.1, left),
        stay.maxWatts(),
        stay.capacityWattHours());
  }
}
