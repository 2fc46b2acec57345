package io.busbar.simulator;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;

/**
 * A building: a profile over the hours of the day, with noise that follows from the seed and the
 * minute alone.
 *
 * @param nodeId where it hangs
 * @param peakWatts most it draws without noise
 * @param zone local time of the profile
 * @param seed of the noise
 */
record BuildingLoad(UUID nodeId, double peakWatts, ZoneId zone, long seed)
    implements BackgroundLoad {

  /** Share of the peak by hour of an ordinary office day. */
  private static final List<Double> PROFILE =
      List.of(
          0.35, 0.33, 0.32, 0.32, 0.33, 0.38, 0.50, 0.68, 0.84, 0.94, 0.98, 1.00, 0.98, 0.99, 0.97,
          0.93, 0.86, 0.76, 0.65, 0.56, 0.50, 0.45, 0.41, 0.38);

  private static final double NOISE = 0.03;

  @Override
  public int watts(long epochSecond) {
    long minute = minute(epochSecond);
    ZonedDateTime local = Instant.ofEpochSecond(minute * 60).atZone(zone);
    double within = local.getMinute() / 60.0;
    double from = PROFILE.get(local.getHour());
    double to = PROFILE.get((local.getHour() + 1) % 24);
    double share = from + (to - from) * within;
    return (int) Math.round(peakWatts * share * (1 + NOISE * Noise.at(seed, minute)));
  }
}
