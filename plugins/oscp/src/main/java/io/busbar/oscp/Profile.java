package io.busbar.oscp;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules that one partner follows where partners differ.
 *
 * @param name of the profile
 * @param auth how each side shows who it is
 * @param registration whether tokens are exchanged by register messages
 * @param startsHandshake whether this side may begin a handshake
 * @param requireHttps whether base URLs have to be https
 * @param heartbeatSeconds how often this side wants to hear the partner; empty for never
 * @param offlineGrace how long after the announced instant the partner counts as offline
 * @param deregisterBody whether a DELETE carries a body
 * @param leniency what is taken though it is not in order
 * @param forecasts how forecasts are understood
 * @param metering what is measured and sent
 */
record Profile(
    String name,
    Auth auth,
    boolean registration,
    boolean startsHandshake,
    boolean requireHttps,
    Optional<Double> heartbeatSeconds,
    Duration offlineGrace,
    boolean deregisterBody,
    Leniency leniency,
    ForecastRules forecasts,
    Metering metering) {

  /** How each side shows who it is. */
  enum Auth {
    TOKEN,
    OAUTH
  }

  /**
   * What is taken though it is not in order.
   *
   * @param bareHandshake a handshake without {@code required_behaviour} around its members
   * @param textNumbers a capacity that is a text
   * @param uncorrelatedAcknowledge an acknowledge without correlation id while one is awaited
   * @param anySuccess an answer with another 2xx than 204
   * @param earlyForecasts a forecast before the handshake: kept, counts after it
   * @param heartbeatRestores a heartbeat ends an offline period
   */
  record Leniency(
      boolean bareHandshake,
      boolean textNumbers,
      boolean uncorrelatedAcknowledge,
      boolean anySuccess,
      boolean earlyForecasts,
      boolean heartbeatRestores) {}

  /**
   * How forecasts are understood.
   *
   * @param wholeSeries a message replaces everything from its earliest block on, not only what it
   *     covers
   * @param gap what counts where no block covers
   * @param hold how long the last value is held
   * @param volts phase to neutral, for limits in amperes
   * @param complianceAfter for how long a limit is exceeded before the partner is told
   */
  record ForecastRules(
      boolean wholeSeries, Gap gap, Duration hold, double volts, Duration complianceAfter) {}

  /** What counts where no block covers. */
  enum Gap {
    FALLBACK,
    HOLD,
    SITE_LIMIT
  }

  /**
   * What is measured and sent.
   *
   * @param message which message carries it
   * @param period length of a window; windows begin at multiples of it in UTC
   * @param grace how long after its end a window is computed
   * @param silent what is sent for a window that no meter measured
   * @param energyUnit {@code WH} or {@code KWH}
   * @param powerUnit {@code W} or {@code KW}
   * @param energyType {@code FLEXIBLE}, {@code NONFLEXIBLE} or {@code TOTAL}
   * @param backlog windows older than this are dropped
   * @param pause least time between two messages while there is a backlog
   */
  record Metering(
      Carrier message,
      Duration period,
      Duration grace,
      Silent silent,
      String energyUnit,
      String powerUnit,
      String energyType,
      Duration backlog,
      Duration pause) {}

  /** Which message carries measurements. */
  enum Carrier {
    GROUP,
    ASSET,
    NONE
  }

  /** What is sent for a window that no meter measured. */
  enum Silent {
    NOTHING,
    ZERO
  }

  static Profile from(String name, JsonObject json) {
    return new Profile(
        name,
        Auth.valueOf(upper(json, "auth")),
        json.getBoolean("registration"),
        json.getBoolean("starts_handshake"),
        json.getBoolean("require_https"),
        Optional.ofNullable(json.getDouble("heartbeat_seconds")).filter(s -> s > 0),
        seconds(json, "offline_grace_seconds"),
        json.getBoolean("deregister_body"),
        leniency(json),
        forecasts(json),
        metering(json));
  }

  private static Leniency leniency(JsonObject json) {
    return new Leniency(
        json.getBoolean("accept_bare_handshake"),
        json.getBoolean("accept_text_numbers"),
        json.getBoolean("accept_uncorrelated_acknowledge"),
        json.getBoolean("accept_any_success"),
        json.getBoolean("accept_early_forecasts"),
        json.getBoolean("heartbeat_restores"));
  }

  private static ForecastRules forecasts(JsonObject json) {
    return new ForecastRules(
        json.getString("replacement").equals("series"),
        Gap.valueOf(upper(json, "gap")),
        Duration.ofMinutes(json.getInteger("hold_minutes")),
        json.getDouble("volts"),
        seconds(json, "compliance_seconds"));
  }

  private static Metering metering(JsonObject json) {
    return new Metering(
        Carrier.valueOf(upper(json, "measurements")),
        seconds(json, "window_seconds"),
        seconds(json, "window_grace_seconds"),
        Silent.valueOf(upper(json, "silent_meters")),
        json.getString("energy_unit"),
        json.getString("power_unit"),
        json.getString("energy_type"),
        Duration.ofHours(json.getInteger("backlog_hours")),
        seconds(json, "catch_up_pause_seconds"));
  }

  private static String upper(JsonObject json, String key) {
    return json.getString(key).toUpperCase(Locale.ROOT);
  }

  private static Duration seconds(JsonObject json, String key) {
    return Duration.ofMillis(Math.round(json.getDouble(key) * 1000));
  }
}
