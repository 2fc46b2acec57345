package io.busbar.simulator;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
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
 * Vehicles at a workplace garage, as measured at Caltech from May to August 2019 (3,527 sessions):
 * how many come on a day and in which hour, and, apart for those who come in the morning, around
 * noon and in the evening, how long they stay and how much they take, as deciles, with the rank
 * correlation of the two. See the plugin's README for the fit.
 */
final class WorkplaceTraffic {

  private static final double WEEKDAY_ARRIVALS = 36.1;
  private static final double WEEKEND_ARRIVALS = 10.0;
  private static final int MAX_WATTS = 6656;
  private static final int HYBRID_WATTS = 3300;
  private static final double HYBRIDS = 0.3;

  /** Share of a weekday's arrivals by hour of local time, in tenths of a percent. */
  private static final int[] HOURS = {
    1, 0, 0, 0, 1, 2, 31, 30, 189, 231, 134, 58, 70, 63, 35, 19, 29, 26, 35, 13, 13, 15, 4, 2
  };

  /**
   * Deciles from the smallest to nearly the largest.
   *
   * @param fromHour first hour of arrival it is for
   * @param stayHours length of stay
   * @param energyKwh energy taken
   * @param correlation of the ranks of the two
   */
  private record Period(int fromHour, double[] stayHours, double[] energyKwh, double correlation) {}

  private static final List<Period> PERIODS =
      List.of(
          new Period(
              16,
              new double[] {0.09, 0.74, 1.18, 1.41, 1.64, 1.97, 2.46, 3.84, 9.15, 15.2, 43.85},
              new double[] {0.51, 0.91, 2.05, 3.49, 4.85, 6.19, 7.88, 10.54, 12.67, 17.14, 52.47},
              0.69),
          new Period(
              11,
              new double[] {0.1, 1.12, 1.72, 2.33, 3.12, 3.86, 4.77, 5.45, 6.3, 7.72, 15.74},
              new double[] {0.51, 0.88, 1.05, 1.92, 2.39, 3.98, 5.94, 7.14, 11.35, 15.97, 43.29},
              0.31),
          new Period(
              5,
              new double[] {0.11, 1.93, 3.89, 5.88, 7.03, 7.67, 8.22, 8.78, 9.18, 10.02, 14.09},
              new double[] {0.53, 1.04, 2.77, 4.04, 4.87, 6.13, 8.44, 11.01, 13.55, 18.03, 43.18},
              0.12));

  private final List<MicrogridNode> connectors;
  private final ZoneId zone;
  private final double factor;
  private final long seed;

  /**
   * @param factor how many come, as a multiple of what was measured
   */
  WorkplaceTraffic(List<MicrogridNode> connectors, ZoneId zone, double factor, long seed) {
    this.connectors = List.copyOf(connectors);
    this.zone = zone;
    this.factor = factor;
    this.seed = seed;
  }

  /** Stays that begin on these days, the last excluded; who finds no free place drives on. */
  List<Stay> stays(LocalDate from, LocalDate to) {
    Map<UUID, Instant> freeFrom = new HashMap<>();
    List<Stay> stays = new ArrayList<>();
    for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
      SplittableRandom random = new SplittableRandom(seed ^ day.toEpochDay() * 0x9E3779B97F4A7C15L);
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
    }
    return stays;
  }

  private List<Instant> arrivals(LocalDate day, SplittableRandom random) {
    boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
    double expected = (weekend ? WEEKEND_ARRIVALS : WEEKDAY_ARRIVALS) * factor;
    List<Instant> arrivals = new ArrayList<>();
    for (int hour = 0; hour < HOURS.length; hour++) {
      int count = poisson(expected * HOURS[hour] / 1000.0, random);
      for (int i = 0; i < count; i++) {
        arrivals.add(
            day.atTime(hour, 0).atZone(zone).toInstant().plusSeconds(random.nextInt(3600)));
      }
    }
    arrivals.sort(null);
    return arrivals;
  }

  private static int poisson(double mean, SplittableRandom random) {
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  private Stay stay(MicrogridNode connector, Instant arrival, SplittableRandom random) {
    int hour = arrival.atZone(zone).getHour();
    Period period =
        PERIODS.stream().filter(p -> hour >= p.fromHour()).findFirst().orElse(PERIODS.getFirst());
    double first = gaussian(random);
    double second =
        period.correlation() * first
            + Math.sqrt(1 - period.correlation() * period.correlation()) * gaussian(random);
    double hours = quantile(period.stayHours(), cumulative(first));
    double kwh = quantile(period.energyKwh(), cumulative(second));
    int rated = connector.asset().orElseThrow().ratedWatts();
    boolean hybrid = random.nextDouble() < HYBRIDS && kwh < 12;
    int watts = Math.min(rated, hybrid ? HYBRID_WATTS : MAX_WATTS);
    Instant departure = arrival.plus(Duration.ofSeconds(Math.max(300, (long) (hours * 3600))));
    double possible = watts * Duration.between(arrival, departure).toSeconds() / 3600.0;
    UUID id =
        UUID.nameUUIDFromBytes(
            (connector.nodeId() + " " + arrival + " " + seed).getBytes(StandardCharsets.UTF_8));
    return new Stay(
        id,
        connector.nodeId(),
        arrival,
        departure,
        departure,
        (int) Math.min(kwh * 1000, possible),
        watts,
        OptionalInt.empty());
  }

  /** Standard normal, by the polar method. */
  private static double gaussian(SplittableRandom random) {
    while (true) {
      double u = random.nextDouble(-1, 1);
      double v = random.nextDouble(-1, 1);
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        return u * Math.sqrt(-2 * Math.log(s) / s);
      }
    }
  }

  /** Standard normal distribution function, to about four decimals. */
  private static double cumulative(double z) {
    return 1 / (1 + Math.exp(-1.5976 * z - 0.07056 * z * z * z));
  }

  private static double quantile(double[] deciles, double share) {
    double position = Math.clamp(share, 0, 1) * (deciles.length - 1);
    int below = Math.min((int) position, deciles.length - 2);
    return deciles[below] + (deciles[below + 1] - deciles[below]) * (position - below);
  }
}
