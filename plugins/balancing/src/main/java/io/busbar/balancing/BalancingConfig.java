package io.busbar.balancing;

import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.Strategy;
import io.busbar.balancing.apply.ApplyRules;
import io.busbar.balancing.decide.Policy;
import io.busbar.balancing.decide.Policy.Plausibility;
import io.busbar.balancing.record.Keeping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Settings of the balancing engine; {@code config.schema.json} describes them.
 *
 * @param cycle time between periodic cycles
 * @param coalesce how long after something happened its cycle runs, so that one cycle is enough for
 *     what happens together
 * @param policy what decisions depend on
 * @param apply how set-points are sent
 * @param history how cycles are kept
 * @param sessions for how long sessions are kept after their end
 * @param sites what sites have of their own, by their names
 * @param policyVersion digest of the settings that decisions depend on
 */
record BalancingConfig(
    Duration cycle,
    Duration coalesce,
    Policy policy,
    ApplyRules apply,
    Keeping history,
    Duration sessions,
    Map<String, SiteSettings> sites,
    String policyVersion) {

  BalancingConfig {
    sites = Map.copyOf(sites);
  }

  /** What one site has of its own; what is absent is as for all. */
  record SiteSettings(
      Optional<Strategy> strategy,
      Optional<Granularity> granularity,
      OptionalInt rampWattsPerSecond) {

    static SiteSettings from(JsonObject json) {
      Integer ramp = json.getInteger("ramp_watts_per_second");
      return new SiteSettings(
          Optional.ofNullable(json.getString("strategy")).map(Strategy::valueOf),
          Optional.ofNullable(json.getString("granularity")).map(Granularity::valueOf),
          ramp == null ? OptionalInt.empty() : OptionalInt.of(ramp));
    }

    Policy on(Policy all) {
      return all.with(
          strategy.orElse(all.strategy()),
          granularity.orElse(all.granularity()),
          rampWattsPerSecond.orElse(all.rampWattsPerSecond()));
    }
  }

  static BalancingConfig from(JsonObject json) {
    Policy policy = policy(json);
    ApplyRules apply =
        new ApplyRules(
            json.getDouble("dead_band_percent", 2.0),
            json.getInteger("dead_band_watts", 100),
            seconds(json, "settle_seconds", 5),
            seconds(json, "retry_seconds", 5));
    return new BalancingConfig(
        seconds(json, "cycle_seconds", 10),
        Duration.ofMillis(json.getInteger("coalesce_millis", 100)),
        policy,
        apply,
        keeping(json),
        Duration.ofDays(json.getInteger("session_days", 400)),
        sites(json.getJsonArray("sites", new JsonArray())),
        digest(policy + " " + apply));
  }

  private static Map<String, SiteSettings> sites(JsonArray sites) {
    return sites.stream()
        .map(JsonObject.class::cast)
        .collect(
            Collectors.toMap(
                site -> site.getString("site"), SiteSettings::from, (first, second) -> second));
  }

  /** The settings as they are for one site. */
  BalancingConfig of(String siteName) {
    SiteSettings own = sites.get(siteName);
    return own == null ? this : with(own);
  }

  /** The same with what somebody chose for a site; what is absent stays. */
  BalancingConfig choosing(Optional<Strategy> strategy, Optional<Granularity> granularity) {
    return with(new SiteSettings(strategy, granularity, OptionalInt.empty()));
  }

  private BalancingConfig with(SiteSettings own) {
    Policy its = own.on(policy);
    return new BalancingConfig(
        cycle, coalesce, its, apply, history, sessions, sites, digest(its + " " + apply));
  }

  private static Policy policy(JsonObject json) {
    return new Policy(
        Strategy.valueOf(json.getString("strategy", "EQUAL_SHARE")),
        seconds(json, "freshness_seconds", 30),
        seconds(json, "start_grace_seconds", 15),
        seconds(json, "min_on_seconds", 900),
        seconds(json, "min_off_seconds", 0),
        seconds(json, "take_up_seconds", 15),
        seconds(json, "offer_again_seconds", 1800),
        seconds(json, "taper_after_seconds", 30),
        json.getInteger("taper_margin_percent", 5),
        seconds(json, "rise_memory_seconds", 900),
        json.getDouble("rise_most_percent", 2.0),
        json.getDouble("imbalance_percent", 100.0),
        json.getDouble("breach_tolerance_percent", 0.5),
        seconds(json, "breach_after_seconds", 2),
        Granularity.valueOf(json.getString("granularity", "CONNECTOR")),
        json.getInteger("ramp_watts_per_second", 0),
        json.getDouble("generation_drop_percent", 20.0),
        new Plausibility(
            json.getDouble("plausible_meter_percent", 300.0),
            json.getDouble("plausible_device_percent", 150.0),
            seconds(json, "frozen_seconds", 300),
            json.getDouble("jump_percent", 50.0)));
  }

  private static Keeping keeping(JsonObject json) {
    return new Keeping(
        json.getInteger("history_days", 30),
        json.getInteger("memory_cycles", 1000),
        json.getInteger("spool_cycles", 200),
        json.getInteger("spool_megabytes", 64) * 1_000_000L);
  }

  private static Duration seconds(JsonObject json, String key, double otherwise) {
    return Duration.ofMillis(Math.round(json.getDouble(key, otherwise) * 1000));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
