package io.busbar.simulator;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * A bus fleet, one bus per connector: returns between 17:00 and 21:00, most around 19:00, leaves
 * between 4:30 and 6:30, and takes a day's driving: 110 to 240 kWh, but no more than its charger
 * can give in the night at seven tenths of its power. Designed, not measured.
 */
final class FleetTraffic implements Traffic {

  private static final double RETURN_HOUR = 17;
  private static final double RETURN_HOURS = 4;
  private static final double LEAVE_HOUR = 4.5;
  private static final double LEAVE_HOURS = 2;
  private static final double NIGHT_HOURS = 10;
  private static final double USABLE = 0.7;
  private static final int LEAST_WATT_HOURS = 110_000;
  private static final int MOST_WATT_HOURS = 240_000;
  private static final int BATTERY_WATT_HOURS = 300_000;

  private final ZoneId zone;
  private final long seed;

  FleetTraffic(ZoneId zone, long seed) {
    this.zone = zone;
    this.seed = seed;
  }

  @Override
  public List<Stay> day(LocalDate day, List<MicrogridNode> connectors) {
    SplittableRandom random = Traffic.chance(seed, day);
    return connectors.stream()
        .map(connector -> night(connector, day, random))
        .sorted(Comparator.comparing(Stay::arrival))
        .toList();
  }

  private Stay night(MicrogridNode connector, LocalDate day, SplittableRandom random) {
    double late = (random.nextDouble() + random.nextDouble()) / 2;
    Instant arrival = at(day, RETURN_HOUR + late * RETURN_HOURS);
    Instant departure = at(day.plusDays(1), LEAVE_HOUR + random.nextDouble() * LEAVE_HOURS);
    int watts = connector.asset().orElseThrow().ratedWatts();
    double most = USABLE * watts * NIGHT_HOURS;
    int energy = (int) Math.min(most, random.nextInt(LEAST_WATT_HOURS, MOST_WATT_HOURS));
    return new Stay(
        Traffic.sessionId(connector, day, seed),
        connector.nodeId(),
        arrival,
        departure,
        departure,
        energy,
        watts,
        OptionalInt.of(BATTERY_WATT_HOURS));
  }

  private Instant at(LocalDate day, double hours) {
    return day.atStartOfDay().plusSeconds((long) (hours * 3600)).atZone(zone).toInstant();
  }
}
