package io.busbar.simulator;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A bus fleet, one bus per connector: returns between 17:00 and 21:00, most around 19:00, leaves
 * between 4:30 and 6:30, and takes a day's driving: 110 to 240 kWh, but no more than its charger
 * can give in the night at seven tenths of its power. Designed, not measured.
 */
final class FleetTraffic {

  private static final int RETURN_HOUR = 17;
  private static final double RETURN_HOURS = 4;
  private static final double LEAVE_HOUR = 4.5;
  private static final double LEAVE_HOURS = 2;
  private static final double NIGHT_HOURS = 10;
  private static final double USABLE = 0.7;

  private final List<MicrogridNode> connectors;
  private final ZoneId zone;
  private final long seed;

  FleetTraffic(List<MicrogridNode> connectors, ZoneId zone, long seed) {
    this.connectors = List.copyOf(connectors);
    this.zone = zone;
    this.seed = seed;
  }

  /** Nights that begin on these days, the last excluded. */
  List<Stay> stays(LocalDate from, LocalDate to) {
    List<Stay> stays = new ArrayList<>();
    for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
      SplittableRandom random = new SplittableRandom(seed ^ day.toEpochDay() * 0x9E3779B97F4A7C15L);
      for (MicrogridNode connector : connectors) {
        stays.add(night(connector, day, random));
      }
    }
    return stays;
  }

  private Stay night(MicrogridNode connector, LocalDate day, SplittableRandom random) {
    double late = (random.nextDouble() + random.nextDouble()) / 2;
    Instant arrival =
        day.atTime(RETURN_HOUR, 0)
            .atZone(zone)
            .toInstant()
            .plusSeconds((long) (late * RETURN_HOURS * 3600));
    Instant departure =
        day.plusDays(1)
            .atStartOfDay(zone)
            .toInstant()
            .plusSeconds((long) ((LEAVE_HOUR + random.nextDouble() * LEAVE_HOURS) * 3600));
    int watts = connector.asset().orElseThrow().ratedWatts();
    double most = USABLE * watts * NIGHT_HOURS;
    int energy = (int) Math.min(most, random.nextInt(110_000, 240_000));
    UUID id =
        UUID.nameUUIDFromBytes(
            (connector.nodeId() + " " + day + " " + seed).getBytes(StandardCharsets.UTF_8));
    return new Stay(
        id,
        connector.nodeId(),
        arrival,
        departure,
        departure,
        energy,
        watts,
        OptionalInt.of(Math.max(energy, 300_000)));
  }
}
