package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange;
import io.busbar.testkit.Verifies;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs of life both ways, and what counts without them. */
@Verifies({"OS-02", "OS-08"})
class HeartbeatTest {

  private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

  @TempDir Path folder;
  private Depot depot;

  private CapacityProvider start(JsonObject rules) {
    depot = Depot.online(rules, folder);
    return depot.partner();
  }

  private CapacityProvider start() {
    return start(new JsonObject());
  }

  @AfterEach
  void stop() {
    depot.close();
  }

  private int heartbeat(Object offlineModeAt) {
    JsonObject body = new JsonObject().put("offline_mode_at", offlineModeAt);
    return status(depot.partner().send(depot.partner().request("POST", "heartbeat", body)));
  }

  private void forecasts() {
    send("CONSUMPTION", 80, NOW, TOMORROW);
    send("FALLBACK_CONSUMPTION", 20, NOW, TOMORROW);
  }

  private void send(String type, int kilowatts, Instant from, Instant to) {
    JsonObject forecast =
        CapacityProvider.forecast(GROUP, type, CapacityProvider.block(from, to, kilowatts));
    assertThat(status(depot.partner().send(forecast))).isEqualTo(204);
  }

  @ParameterizedTest
  @Checklist("B-01")
  @ValueSource(
      strings = {
        "2026-03-02T10:05:00Z",
        "2026-03-02T23:05:00+13:00",
        "2026-03-02T10:05:00.000Z",
        "2026-03-02T10:05:00.000000Z",
        "2026-03-02T10:05:00.000000000Z"
      })
  void oneInstantInManyForms(String text) {
    start();

    assertThat(heartbeat(text)).isEqualTo(204);
    assertThat(depot.view().peerOfflineAt()).hasValue(Instant.parse("2026-03-02T10:05:00Z"));
  }

  @ParameterizedTest
  @Checklist("B-02")
  @ValueSource(
      strings = {
        "2026-03-02T10:05:00",
        "2026-03-02 10:05:00Z",
        "2026-02-30T10:05:00Z",
        "2026-03-02T25:05:00Z",
        "tomorrow",
        ""
      })
  void whatIsNoTimeIsRefused(String text) {
    start();
    var before = depot.view().peerOfflineAt();

    assertThat(heartbeat(text)).isEqualTo(400);
    assertThat(heartbeat(1_772_446_000)).isEqualTo(400);
    JsonObject empty = new JsonObject();
    assertThat(status(depot.partner().send(depot.partner().request("POST", "heartbeat", empty))))
        .isEqualTo(400);
    assertThat(depot.view().peerOfflineAt()).isEqualTo(before);
  }

  @Test
  @Checklist("B-03")
  void anInstantThatIsPastIsRefusedAndOneFarAheadIsCapped() {
    CapacityProvider partner = start();
    assertThat(status(partner.heartbeat(Duration.ofMinutes(3)))).isEqualTo(204);

    assertThat(status(partner.heartbeat(Duration.ofSeconds(-31)))).isEqualTo(400);
    assertThat(depot.view().peerOfflineAt()).hasValue(depot.clock().instant().plusSeconds(180));
    assertThat(status(partner.heartbeat(Duration.ofDays(30)))).isEqualTo(204);
    assertThat(depot.view().peerOfflineAt())
        .hasValue(depot.clock().instant().plus(Duration.ofDays(1)));
  }

  @Test
  @Checklist("B-04")
  void thePartnerHearsUsAsOftenAsItWants() {
    CapacityProvider partner = start(new JsonObject().put("heartbeat_seconds", 0));
    Instant begin = depot.clock().instant();
    List<Instant> times = new java.util.ArrayList<>(List.of(begin));
    List<Instant> announced = new java.util.ArrayList<>();
    partner.listen(
        request -> {
          if (request.action().equals("heartbeat")) {
            times.add(depot.clock().instant());
            announced.add(Instant.parse(Depot.body(request).getString("offline_mode_at")));
          }
        });
    depot.leapSeconds(600);

    assertThat(times).hasSizeGreaterThan(10);
    for (int i = 1; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 1), times.get(i)))
          .isLessThanOrEqualTo(Duration.ofSeconds(60));
      assertThat(announced.get(i - 1)).isAfter(times.get(i));
    }
    assertThat(announced).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @Checklist("B-05")
  void whoDoesNotAskIsNotHeard() {
    depot = Depot.with(Depot.settings(new JsonObject().put("heartbeat_seconds", 0)), folder);
    depot.register();
    depot.handshake(null);
    depot.leapSeconds(3_600);

    assertThat(depot.partner().received("heartbeat")).isEmpty();
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
  }

  @Test
  @Checklist("B-06")
  void aHeartbeatThatDoesNotArriveIsRepeatedSoon() {
    CapacityProvider partner = start(new JsonObject().put("heartbeat_seconds", 0));
    depot.leapSeconds(10);
    partner.forget();
    partner.usually(500);
    depot.leapSeconds(120);
    int tries = partner.received("heartbeat").size();
    assertThat(tries).isGreaterThan(10);
    Instant promised = depot.view().ownOfflineAt().orElseThrow();

    partner.usually(204);
    depot.leapSeconds(6);

    assertThat(depot.view().ownOfflineAt().orElseThrow()).isAfter(promised);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
  }

  @Test
  @Checklist("B-06")
  void whenOursDoNotArriveUntilTheInstantWeSaidWeFallBackLikeThePartner() {
    CapacityProvider partner = start(new JsonObject().put("heartbeat_seconds", 0));
    forecasts();
    partner.usually(500);
    depot.leapSeconds(190);

    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    assertThat(depot.watts()).hasValue(20_000);
  }

  @Test
  @Checklist({"B-07", "B-12"})
  void aSilentPartnerLeavesTheFallbackUntilTheNextHandshake() {
    CapacityProvider partner = start();
    forecasts();
    assertThat(status(partner.heartbeat(Duration.ofMinutes(3)))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(80_000);

    depot.leapSeconds(180);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    depot.leapSeconds(10);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    assertThat(depot.watts()).hasValue(20_000);
    assertThat(depot.events()).endsWith("STAGE_CHANGED");

    depot.handshake(60.0);
    assertThat(depot.watts()).hasValue(80_000);
  }

  @Test
  @Checklist("B-08")
  void aGapInTheFallbackLeavesTheSafeLimit() {
    start();
    send("CONSUMPTION", 80, NOW, TOMORROW);
    send("FALLBACK_CONSUMPTION", 20, NOW.plusSeconds(7_200), TOMORROW);
    depot.leapSeconds(200);

    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    assertThat(depot.watts()).hasValue(FakeEnvelopes.FAIL_SAFE);
  }

  @Test
  @Checklist("B-09")
  void aWishDoesNotCountWhileOffline() {
    start();
    forecasts();
    send("OPTIMUM", 5, NOW, TOMORROW);
    depot.leapSeconds(200);

    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    assertThat(depot.watts()).hasValue(20_000);
  }

  @Test
  @Checklist("B-10")
  void aHeartbeatJustBeforeTheDeadlineLeavesEverythingAsItIs() {
    CapacityProvider partner = start();
    forecasts();
    for (int i = 0; i < 20; i++) {
      assertThat(status(partner.heartbeat(Duration.ofSeconds(60)))).isEqualTo(204);
      depot.leapSeconds(59);
    }

    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    assertThat(depot.envelopes().reports()).allMatch(report -> report.online());
  }

  @Test
  @Checklist("B-11")
  void aHeartbeatDoesNotEndAnOfflinePeriodUnlessTheRulesSaySo() {
    CapacityProvider partner = start(new JsonObject().put("starts_handshake", true));
    forecasts();
    depot.leapSeconds(200);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    partner.forget();

    assertThat(status(partner.heartbeat(Duration.ofMinutes(3)))).isEqualTo(204);
    depot.leapSeconds(1);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    assertThat(depot.watts()).hasValue(20_000);
    assertThat(partner.received("handshake")).hasSize(1);
    stop();

    CapacityProvider other = start(new JsonObject().put("heartbeat_restores", true));
    forecasts();
    depot.leapSeconds(200);
    assertThat(status(other.heartbeat(Duration.ofMinutes(3)))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(80_000);
  }

  @Test
  @Checklist("B-13")
  void aForecastWhileOfflineIsRefusedUnlessTheRulesKeepItForLater() {
    CapacityProvider partner = start();
    depot.leapSeconds(200);
    JsonObject forecast =
        CapacityProvider.forecast(GROUP, "CONSUMPTION", CapacityProvider.block(NOW, TOMORROW, 70));
    assertThat(status(partner.send(forecast))).isEqualTo(403);
    stop();

    CapacityProvider early = start(new JsonObject().put("accept_early_forecasts", true));
    depot.leapSeconds(200);
    assertThat(status(early.send(forecast))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(FakeEnvelopes.FAIL_SAFE);
    depot.handshake(60.0);
    assertThat(depot.watts()).hasValue(70_000);
  }

  @ParameterizedTest
  @Checklist("B-15")
  @ValueSource(longs = {300, -300})
  void aClockThatIsSetMakesNobodyOffline(long seconds) {
    CapacityProvider partner = start();
    forecasts();
    assertThat(status(partner.heartbeat(Duration.ofMinutes(3)))).isEqualTo(204);
    depot.leapSeconds(30);
    depot.setClock(Duration.ofSeconds(seconds));
    depot.leapSeconds(140);

    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    assertThat(depot.context().health().reports().get("clock").message()).contains("NTP");
    depot.leapSeconds(20);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
  }

  @Test
  void aSilentPartnerIsOfflineAlsoWhenTheStoreWasAwayAtItsDeadline() {
    CapacityProvider partner = start();
    forecasts();
    assertThat(status(partner.heartbeat(Duration.ofMinutes(3)))).isEqualTo(204);
    depot.leapSeconds(170);
    depot.store().goAway();
    depot.leapSeconds(30);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    assertThat(depot.envelopes().isOnline()).isFalse();
    assertThat(depot.watts()).hasValue(20_000);

    depot.store().comeBack();
    depot.leapSeconds(2);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    assertThat(depot.events()).endsWith("STAGE_CHANGED");
  }

  @Test
  void aHandshakeWhileOnlineMovesTheDeadlineAtOnce() {
    CapacityProvider partner = start();
    forecasts();
    assertThat(status(partner.heartbeat(Duration.ofMinutes(20)))).isEqualTo(204);
    depot.handshake(60.0);
    depot.leapSeconds(195);

    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    assertThat(depot.watts()).hasValue(20_000);
  }

  @Test
  void whenOursAreNeverAnsweredWeFallBackAtTheInstantWeSaid() {
    CapacityProvider partner = start(new JsonObject().put("heartbeat_seconds", 0));
    forecasts();
    partner.usually(request -> Promise.<Exchange.Answer>promise().future());
    depot.leapSeconds(190);

    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    assertThat(depot.watts()).hasValue(20_000);
  }

  @Test
  void aPartnerThatPutsOurHeartbeatsOffIsAskedAgainAsOftenAsItWantsThem() {
    CapacityProvider partner = start(new JsonObject().put("heartbeat_seconds", 0));
    partner.usually(
        request ->
            Future.succeededFuture(new Exchange.Answer(503, Map.of("retry-after", "9000"), "")));
    depot.leapSeconds(100);
    partner.forget();
    depot.leapSeconds(60);

    assertThat(partner.received("heartbeat")).isNotEmpty();
  }
}
