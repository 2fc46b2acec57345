package io.busbar.balancing;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Settings of the balancing engine; see {@code config.schema.json}.
 *
 * @param cycle time between periodic cycles
 * @param freshness oldest measurement that still counts as one
 * @param startGrace how long after the start a scope that was never read holds back increases
 * @param takeUp how long a vehicle may take to draw once it is allowed to
 * @param taperAfter how long a vehicle must draw clearly less than allowed before others get the
 *     rest
 * @param minOnTime how long a vehicle that was admitted stays admitted
 * @param deadBandPercent smaller changes are held back, unless a limit needs them
 * @param deadBandWatts the same, whichever is larger
 * @param breachTolerancePercent how far above a limit a measurement counts as a breach
 * @param historyDays how long cycles are kept
 * @param policyVersion digest of all of these
 */
record BalancingConfig(
    Duration cycle,
    Duration freshness,
    Duration startGrace,
    Duration takeUp,
    Duration taperAfter,
    Duration minOnTime,
    double deadBandPercent,
    int deadBandWatts,
    double breachTolerancePercent,
    int historyDays,
    String policyVersion) {

  static BalancingConfig from(JsonObject json) {
    return new BalancingConfig(
        seconds(json, "cycle_seconds"),
        seconds(json, "freshness_seconds"),
        seconds(json, "start_grace_seconds"),
        seconds(json, "take_up_seconds"),
        seconds(json, "taper_after_seconds"),
        seconds(json, "min_on_seconds"),
        json.getDouble("dead_band_percent"),
        json.getInteger("dead_band_watts"),
        json.getDouble("breach_tolerance_percent"),
        json.getInteger("history_days"),
        digest(json.encode()));
  }

  private static Duration seconds(JsonObject json, String key) {
    return Duration.ofMillis(Math.round(json.getDouble(key) * 1000));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
