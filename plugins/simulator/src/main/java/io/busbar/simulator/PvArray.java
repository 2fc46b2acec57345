package io.busbar.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;

/**
 * A PV array: height of the sun over the place, and clouds that follow from the seed and the
 * minute.
 *
 * @param nodeId where it hangs
 * @param peakWatts what it gives with the sun overhead
 * @param latitude degrees north
 * @param longitude degrees east
 * @param seed of the clouds
 */
record PvArray(UUID nodeId, double peakWatts, double latitude, double longitude, long seed)
    implements BackgroundLoad {

  private static final double TILT_OF_EARTH = 23.44;
  private static final double CLOUDS = 0.35;
  private static final long CLOUD_MINUTES = 12;

  @Override
  public int watts(long epochSecond) {
    long minute = minute(epochSecond);
    double sun = sineOfElevation(minute * 60);
    if (sun <= 0) {
      return 0;
    }
    double cloud = Math.abs(Noise.at(seed, minute / CLOUD_MINUTES));
    return (int) -Math.round(peakWatts * sun * (1 - CLOUDS * cloud));
  }

  /** Sine of the sun's height over the horizon; negative at night. */
  double sineOfElevation(long epochSecond) {
    ZonedDateTime utc = Instant.ofEpochSecond(epochSecond).atZone(ZoneOffset.UTC);
    double hours = utc.getHour() + utc.getMinute() / 60.0 + longitude / 15;
    double hourAngle = Math.toRadians((hours - 12) * 15);
    double declination =
        Math.toRadians(-TILT_OF_EARTH * Math.cos(2 * Math.PI * (utc.getDayOfYear() + 10) / 365.0));
    double place = Math.toRadians(latitude);
    return Math.sin(place) * Math.sin(declination)
        + Math.cos(place) * Math.cos(declination) * Math.cos(hourAngle);
  }
}
