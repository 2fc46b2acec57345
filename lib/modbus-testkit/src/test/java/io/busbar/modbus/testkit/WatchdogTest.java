package io.busbar.modbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.DeviceFault;
import io.busbar.api.field.SetPointReply.Confirmed;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.WatchdogRule.FedBy;
import io.busbar.modbus.simulation.Fault;
import io.busbar.modbus.simulation.Fault.Kind;
import io.busbar.modbus.simulation.SimulatedCharger.Write;
import io.busbar.testkit.ConnectorSite;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a device's watchdog is fed, and what it is set to when it is reached. */
@Verifies("KN-05")
@Execution(ExecutionMode.CONCURRENT)
class WatchdogTest {

  private static final int TIMEOUT_SECONDS = 2;
  private static final int MAX_AGE_SECONDS = 3;
  private static final int FALLBACK_WATTS = 6 * ConnectorSite.WATTS_PER_AMP;
  private static final int WATTS = 16 * ConnectorSite.WATTS_PER_AMP;

  /** A machine with other work is late by so much. */
  private static final Duration LATE = Duration.ofMillis(900);

  @TempDir Path folder;
  private PlainSite site;

  private void start(RegisterMap map, JsonObject settings) {
    site = new PlainSite(map, 1, settings, folder);
    site.eventually("it is read", () -> site.isOnline(1));
  }

  private static JsonObject settings(int pollMillis, int maxAgeSeconds) {
    return new JsonObject()
        .put("poll_millis", pollMillis)
        .put("watchdog_seconds", TIMEOUT_SECONDS)
        .put("decision_max_age_seconds", maxAgeSeconds);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private List<Write> setPoints() {
    return site.charger(1).writes().stream().filter(w -> w.key().equals("limit")).toList();
  }

  private void charge() {
    site.charger(1).plug(ConnectorSite.MAX_WATTS);
    assertThat(site.set(1, WATTS)).isInstanceOf(Confirmed.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"SETPOINT", "ANY_WRITE"})
  void theSetPointIsWrittenAgainWhenHalfTheTimeoutIsOver(FedBy fedBy) {
    start(PlainCharger.mapWithSetup(fedBy), settings(200, 60));
    charge();

    List<Boolean> fellBack = new ArrayList<>();
    site.eventually(
        "it is fed five times",
        () -> {
          fellBack.add(site.charger(1).isOnFallback());
          return setPoints().size() > 5;
        });

    assertThat(fellBack).as("on its fallback at any time").doesNotContain(true);
    assertThat(setPoints()).allMatch(write -> write.value() == 16);
    Duration half = Duration.ofSeconds(TIMEOUT_SECONDS).dividedBy(2);
    assertThat(gaps(setPoints())).allMatch(gap -> gap.compareTo(half.plus(LATE)) < 0);
    assertThat(gaps(setPoints())).as("no more than needed").allMatch(gap -> gap.toMillis() > 900);
  }

  private static List<Duration> gaps(List<Write> writes) {
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < writes.size(); i++) {
      gaps.add(Duration.ofNanos(writes.get(i).at() - writes.get(i - 1).at()));
    }
    return gaps;
  }

  @Test
  void whereAnyRequestFeedsItOneIsMadeBetweenPollsThatAreTooRare() {
    start(PlainCharger.mapWithSetup(FedBy.ANY_REQUEST), settings(30_000, 60));
    charge();
    int before = site.server(1).requests();

    List<Boolean> fellBack = new ArrayList<>();
    site.eventually(
        "five more requests",
        () -> {
          fellBack.add(site.charger(1).isOnFallback());
          return site.server(1).requests() >= before + 5;
        });

    assertThat(fellBack).as("on its fallback at any time").doesNotContain(true);
    assertThat(setPoints()).as("nothing is written again").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"SETPOINT", "ANY_WRITE"})
  void whenTheDecisionIsTooOldNothingIsWrittenAnyMoreAndTheDeviceFallsBack(FedBy fedBy) {
    start(PlainCharger.mapWithSetup(fedBy), settings(200, MAX_AGE_SECONDS));
    charge();
    site.eventually("it is fed", () -> setPoints().size() > 1);

    site.eventually("it is named", () -> site.isSaid(1, "DECISION_TOO_OLD"));
    List<Write> upToThen = setPoints();
    site.eventually("it falls back by itself", () -> site.charger(1).isOnFallback());

    assertThat(site.charger(1).watts()).isEqualTo(FALLBACK_WATTS);
    int polls = site.readings(1).size();
    site.eventually("polls go on", () -> site.readings(1).size() > polls + 5);
    assertThat(setPoints()).as("writes since then").isEqualTo(upToThen);
    assertThat(span(upToThen)).isLessThan(Duration.ofSeconds(MAX_AGE_SECONDS).plus(LATE));
    assertThat(site.readings(1).getLast().limitWatts()).hasValue(FALLBACK_WATTS);

    assertThat(site.set(1, WATTS)).as("of a new decision").isInstanceOf(Confirmed.class);
    assertThat(site.charger(1).watts()).isEqualTo(WATTS);
    assertThat(site.isSaid(1, "DECISION_TOO_OLD")).isFalse();
  }

  private static Duration span(List<Write> writes) {
    return Duration.ofNanos(writes.getLast().at() - writes.getFirst().at());
  }

  @Test
  void wherePollsKeepTheWatchdogFromActingTheFallbackIsSetAsALimitOnce() {
    start(PlainCharger.mapWithSetup(FedBy.ANY_REQUEST), settings(200, MAX_AGE_SECONDS));
    charge();

    site.eventually("it is named", () -> site.isSaid(1, "DECISION_TOO_OLD"));

    assertThat(setPoints()).extracting(Write::value).containsExactly(16.0, 6.0);
    assertThat(site.charger(1).watts()).isEqualTo(FALLBACK_WATTS);
    int polls = site.readings(1).size();
    site.eventually("polls go on", () -> site.readings(1).size() > polls + 5);
    assertThat(setPoints()).hasSize(2);
  }

  @Test
  void fallbackAndTimeoutAreReadAtConnectionAndAnUnsafeOneIsNamed() {
    start(PlainCharger.map(FedBy.SETPOINT), settings(200, 60));
    assertThat(site.device(1).fallbackWatts()).hasValue(FALLBACK_WATTS);
    assertThat(site.device(1).watchdogSeconds()).hasValue(20);
    assertThat(site.device(1).faults()).isEmpty();

    site.charger(1).watchdog(0, 16);
    reconnect();
    site.eventually("the fallback is named", () -> site.isSaid(1, "UNSAFE_FALLBACK"));
    site.eventually("the watchdog is named", () -> site.isSaid(1, "NO_WATCHDOG"));
    assertThat(site.device(1).faults())
        .extracting(DeviceFault::text)
        .anySatisfy(text -> assertThat(text).contains("11040 W").contains("4140 W"));
    assertThat(site.device(1).fallbackWatts()).hasValue(WATTS);
    assertThat(site.device(1).watchdogSeconds()).isEqualTo(OptionalInt.empty());

    site.charger(1).watchdog(20, 6);
    reconnect();
    site.eventually("both are right again", () -> site.device(1).faults().isEmpty());
  }

  @Test
  void fallbackAndTimeoutAreSetAtEveryConnectionAndADeviceThatDoesNotTakeThemIsNamed() {
    start(PlainCharger.mapWithSetup(FedBy.SETPOINT), settings(200, 60));
    assertThat(site.device(1).watchdogSeconds()).hasValue(TIMEOUT_SECONDS);
    assertThat(site.device(1).fallbackWatts()).hasValue(FALLBACK_WATTS);

    site.charger(1).watchdog(60, 32);
    reconnect();
    site.eventually(
        "what it had forgotten is set",
        () -> site.device(1).watchdogSeconds().equals(OptionalInt.of(TIMEOUT_SECONDS)));
    assertThat(site.device(1).fallbackWatts()).hasValue(FALLBACK_WATTS);
    assertThat(site.device(1).faults()).isEmpty();

    site.charger(1).with(image -> image.remove("timeout"));
    reconnect();
    site.eventually("it is named", () -> site.isSaid(1, "SETUP_DIFFERS"));
  }

  private void reconnect() {
    int before = site.server(1).connections();
    site.server(1).misbehave(Fault.of(Kind.RESET));
    site.eventually("it is away", () -> site.server(1).connections() > before);
    site.server(1).misbehave(Fault.NONE);
    site.eventually("it is back", () -> site.isOnline(1) && !site.isSaid(1, "OFFLINE"));
  }
}
