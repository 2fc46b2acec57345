package io.busbar.simulator;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Vehicles at a workplace garage. How many come and when, how long they stay and how much they take
 * follows {@link WorkplaceHabits}; stay and energy are tied by a Gaussian copula of the measured
 * rank correlation. Who finds no free place drives on.
 */
final class WorkplaceTraffic implements Traffic {

  private static final int SHORTEST_SECONDS = 300;
  private static final int ATTEMPTS = 20;
  private static final int MAX_WATTS = 6656;
  private static final int HYBRID_WATTS = 3300;

  /** Assumed: power is not part of the data. */
  private static final double HYBRIDS = 0.3;

  private static final double LARGEST_HYBRID_KWH = 12;

  private final WorkplaceHabits habits;
  private final ZoneId zone;
  private final double factor;
  private final long seed;
  private final Map<UUID, Instant> freeFrom = new HashMap<>();

  /**
   * @param factor how many come, as a multiple of what was measured
   */
  WorkplaceTraffic(WorkplaceHabits habits, ZoneId zone, double factor, long seed) {
    this.habits = habits;
    this.zone = zone;
    this.factor = factor;
    this.seed = seed;
  }

  @Override
  public List<Stay> day(LocalDate day, List<MicrogridNode> connectors) {
    SplittableRandom random = Traffic.chance(seed, day);
    List<Stay> stays = new ArrayList<>();
    for (Instant arrival : arrivals(day, random)) {
      List<MicrogridNode> free =
          connectors.stream()
              .filter(c -> !freeFrom.getOrDefault(c.nodeId(), Instant.MIN).isAfter(arrival))
              .toList();
      int choice = random.nextInt(Integer.MAX_VALUE);
      if (!free.isEmpty()) {
        Stay stay = stay(free.get(choice % free.size()), arrival, random);
        freeFrom.put(stay.nodeId(), stay.departure());
        stays.add(stay);
      }
    }
    return stays;
  }

  private List<Instant> arrivals(LocalDate day, SplittableRandom random) {
    List<Instant> arrivals = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      Instant begins = day.atTime(hour, 0).atZone(zone).toInstant();
      double mean = habits.arrivals(day.getDayOfWeek(), hour) * factor;
      for (int left = Chance.poisson(mean, random); left > 0; left--) {
        arrivals.add(begins.plusSeconds(random.nextInt(3600)));
      }
    }
    arrivals.sort(null);
    return arrivals;
  }

  private Stay stay(MicrogridNode connector, Instant arrival, SplittableRandom random) {
    WorkplaceHabits.Period period = habits.at(arrival.atZone(zone).toLocalTime());
    double correlation = 2 * Math.sin(Math.PI * period.rankCorrelation() / 6);
    double first = Chance.normal(random);
    double kwh = Chance.quantile(period.energyKwh(), Chance.below(first));
    long seconds = 0;
    for (int left = ATTEMPTS; left > 0 && !possible(kwh, MAX_WATTS, seconds); left--) {
      double second =
          correlation * first + Math.sqrt(1 - correlation * correlation) * Chance.normal(random);
      double hours = Chance.quantile(period.stayHours(), Chance.below(second));
      seconds = Math.max(SHORTEST_SECONDS, (long) (hours * 3600));
    }
    int watts = watts(connector, kwh, seconds, random);
    Instant departure = arrival.plusSeconds(seconds);
    return new Stay(
        Traffic.sessionId(connector, arrival, seed),
        connector.nodeId(),
        arrival,
        departure,
        departure,
        (int) Math.min(kwh * 1000, watts * seconds / 3600.0),
        watts,
        OptionalInt.empty());
  }

  /** A hybrid only where its small charger and battery can explain what was taken. */
  private static int watts(
      MicrogridNode connector, double kwh, long seconds, SplittableRandom random) {
    boolean possible = kwh < LARGEST_HYBRID_KWH && possible(kwh, HYBRID_WATTS, seconds);
    boolean hybrid = random.nextDouble() < HYBRIDS && possible;
    int rated = connector.asset().orElseThrow().ratedWatts();
    return Math.min(rated, hybrid ? HYBRID_WATTS : MAX_WATTS);
  }

  private static boolean possible(double kwh, int watts, long seconds) {
    return kwh * 1000 <= watts * seconds / 3600.0;
  }
}
