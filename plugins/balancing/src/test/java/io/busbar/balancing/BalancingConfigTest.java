package io.busbar.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.Strategy;
import io.busbar.balancing.apply.ApplyRules;
import io.busbar.balancing.decide.Policy;
import io.busbar.balancing.record.Keeping;
import io.busbar.wire.RecordJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BalancingConfigTest {

  private static final String[] KEYS = {
    "strategy",
    "sites",
    "cycle_seconds",
    "coalesce_millis",
    "freshness_seconds",
    "start_grace_seconds",
    "min_on_seconds",
    "min_off_seconds",
    "take_up_seconds",
    "offer_again_seconds",
    "taper_after_seconds",
    "taper_margin_percent",
    "dead_band_percent",
    "dead_band_watts",
    "settle_seconds",
    "retry_seconds",
    "rise_memory_seconds",
    "rise_most_percent",
    "breach_tolerance_percent",
    "breach_after_seconds",
    "frozen_seconds",
    "generation_drop_percent",
    "granularity",
    "history_days",
    "jump_percent",
    "plausible_device_percent",
    "plausible_meter_percent",
    "ramp_watts_per_second",
    "session_days",
    "imbalance_percent",
    "memory_cycles",
    "spool_cycles",
    "spool_megabytes"
  };

  @Test
  void everyDefaultIsPinned() {
    BalancingConfig config = BalancingConfig.from(new JsonObject());

    assertThat(config.cycle()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.coalesce()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.policy())
        .isEqualTo(
            new Policy(
                Strategy.EQUAL_SHARE,
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofMinutes(15),
                Duration.ZERO,
                Duration.ofSeconds(15),
                Duration.ofMinutes(30),
                Duration.ofSeconds(30),
                5,
                Duration.ofMinutes(15),
                2.0,
                100.0,
                0.5,
                Duration.ofSeconds(2),
                Granularity.CONNECTOR,
                0,
                20.0,
                new Policy.Plausibility(300, 150, Duration.ofMinutes(5), 50)));
    assertThat(config.apply())
        .isEqualTo(new ApplyRules(2, 100, Duration.ofSeconds(5), Duration.ofSeconds(5)));
    assertThat(config.history()).isEqualTo(new Keeping(30, 1_000, 200, 64_000_000));
    assertThat(config.sessions()).isEqualTo(Duration.ofDays(400));
  }

  @Test
  void theSchemasDefaultsAreTheSame() throws IOException {
    JsonObject defaults = new JsonObject();
    schema()
        .properties()
        .forEach(
            property -> defaults.put(property.getKey(), value(property.getValue().get("default"))));

    assertThat(BalancingConfig.from(defaults)).isEqualTo(BalancingConfig.from(new JsonObject()));
  }

  private static Object value(JsonNode node) {
    return node.isNumber() ? node.numberValue() : node.isArray() ? new JsonArray() : node.asText();
  }

  @Test
  void everyKeyOfTheSchemaIsKnownHereAndSaysItsUnit() throws IOException {
    TreeMap<String, String> described = new TreeMap<>();
    schema()
        .properties()
        .forEach(p -> described.put(p.getKey(), p.getValue().get("description").asText()));

    assertThat(described.keySet()).isEqualTo(new TreeSet<>(java.util.List.of(KEYS)));
    described.forEach((key, text) -> assertThat(text).as(key).endsWith("."));
  }

  @Test
  void everyKeyIsRead() {
    BalancingConfig defaults = BalancingConfig.from(new JsonObject());
    for (String key : KEYS) {
      Object other =
          switch (key) {
            case "strategy" -> "PRIORITY";
            case "granularity" -> "CHARGE_POINT";
            case "sites" ->
                JsonArray.of(JsonObject.of("site", "North", "strategy", "LEAST_LAXITY"));
            default -> 77;
          };
      assertThat(BalancingConfig.from(new JsonObject().put(key, other)))
          .as(key)
          .isNotEqualTo(defaults);
    }
  }

  @Test
  void aSiteMayHaveAStrategyOfItsOwn() {
    JsonObject settings =
        new JsonObject()
            .put("strategy", "PRIORITY")
            .put("sites", JsonArray.of(JsonObject.of("site", "North", "strategy", "LEAST_LAXITY")));
    BalancingConfig config = BalancingConfig.from(settings);

    assertThat(config.of("North").policy().strategy()).isEqualTo(Strategy.LEAST_LAXITY);
    assertThat(config.of("North").policyVersion()).isNotEqualTo(config.policyVersion());
    assertThat(config.of("South")).isEqualTo(config);
  }

  @Test
  void aSiteMayShareAmongChargePointsAndRiseSlowly() {
    JsonObject north =
        JsonObject.of("site", "North", "granularity", "CHARGE_POINT", "ramp_watts_per_second", 500);
    BalancingConfig config =
        BalancingConfig.from(new JsonObject().put("sites", JsonArray.of(north)));

    Policy its = config.of("North").policy();

    assertThat(its.granularity()).isEqualTo(Granularity.CHARGE_POINT);
    assertThat(its.rampWattsPerSecond()).isEqualTo(500);
    assertThat(its.strategy()).isEqualTo(Strategy.EQUAL_SHARE);
    assertThat(config.policy().granularity()).isEqualTo(Granularity.CONNECTOR);
    assertThat(config.of("North").policyVersion()).isNotEqualTo(config.policyVersion());
  }

  @Test
  void thePolicyVersionChangesWithWhatDecidesAndNotWithTheRest() {
    String version = BalancingConfig.from(new JsonObject()).policyVersion();

    assertThat(BalancingConfig.from(new JsonObject().put("history_days", 9)).policyVersion())
        .isEqualTo(version);
    assertThat(BalancingConfig.from(new JsonObject().put("dead_band_watts", 9)).policyVersion())
        .isNotEqualTo(version);
  }

  private static JsonNode schema() throws IOException {
    try (InputStream schema = BalancingConfig.class.getResourceAsStream("/config.schema.json")) {
      return RecordJson.mapper().readTree(schema).get("properties");
    }
  }
}
