package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.get;
import static io.busbar.oscp.Depot.status;
import static io.busbar.oscpstandin.CapacityProvider.block;
import static io.busbar.oscpstandin.CapacityProvider.forecast;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.oscp.AdjustForecast;
import io.busbar.api.oscp.CommandReply;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.api.oscp.OscpAddresses;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
import io.busbar.testkit.Verifies;
import io.busbar.wire.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we send: measurements, wishes, and what cannot be kept. */
@Verifies({"OS-04", "OS-05", "OS-06"})
class OutboundTest {

  private static final String MEASUREMENTS = "update_group_measurements";
  private static final String ASSETS = "update_asset_measurements";
  private static final String ADJUST = "adjust_group_capacity_forecast";

  @TempDir Path folder;
  private Depot depot;
  private CapacityProvider partner;
  private long register = 10_000;

  private void start(JsonObject rules, String... measurements) {
    depot = Depot.with(Depot.settings(rules.put("heartbeat_seconds", 0)), folder);
    partner = depot.partner();
    depot.register();
    depot.handshake(null, measurements);
    partner.forget();
  }

  private void start() {
    start(new JsonObject(), "INTERMITTENT");
  }

  @AfterEach
  void stop() {
    depot.close();
  }

  private static Instant at(int minutes) {
    return NOW.plusSeconds(60L * minutes);
  }

  /** Time passes while a connector draws power, read every minute. */
  private void draw(int minutes, int watts) {
    for (int i = 0; i < minutes; i++) {
      depot.measure(1, watts, register);
      Instant next = depot.clock().instant().plusSeconds(60);
      depot.clock().advanceTo(next.minusMillis(next.toEpochMilli() % 60_000));
      register += Math.round(watts / 60.0);
    }
    depot.measure(1, watts, register);
  }

  private List<Request> sent(String action) {
    return partner.received(action);
  }

  private static JsonObject energy(Request request) {
    return Depot.body(request).getJsonArray("measurements").getJsonObject(0);
  }

  @Test
  @Checklist({"O-01", "O-02", "O-04"})
  void everyWindowIsSentOnceAfterItsEnd() {
    start();
    draw(15, 6_000);
    depot.clock().advanceTo(at(15).plusSeconds(44));
    assertThat(sent(MEASUREMENTS)).isEmpty();
    depot.clock().advanceTo(at(15).plusSeconds(46));
    draw(30, 12_000);
    depot.clock().advanceTo(at(46));

    List<Request> windows = sent(MEASUREMENTS);
    assertThat(windows).hasSize(3);
    for (int i = 0; i < 3; i++) {
      JsonObject energy = energy(windows.get(i));
      assertThat(energy.getString("initial_measure_time")).isEqualTo(at(15 * i).toString());
      assertThat(energy.getString("measure_time")).isEqualTo(at(15 * i + 15).toString());
      assertThat(energy.getString("direction")).isEqualTo("IMPORT");
      assertThat(energy.getString("unit")).isEqualTo("KWH");
      assertThat(energy.getDouble("value")).isBetween(1.4, 3.1);
    }
    assertThat(windows).extracting(r -> r.header("X-Request-ID")).doesNotHaveDuplicates();
    assertThat(windows)
        .allSatisfy(
            request -> {
              assertThat(request.header("Authorization")).hasValue("Token " + Depot.B);
              assertThat(request.header("Content-Type")).hasValue("application/json");
              JsonNode body = StrictJson.parse(request.body());
              assertThat(Schemas.problem(Action.GROUP_MEASUREMENTS, body)).isEmpty();
            });
  }

  @Test
  @Checklist("O-03")
  void whoAsksForRegistersOnlyGetsRegistersThatNeverFall() {
    start(new JsonObject(), "CONTINUOUS");
    draw(16, 6_000);
    register = 0; // the meter was reset
    draw(30, 6_000);
    draw(1, 6_000);

    List<Double> values =
        sent(MEASUREMENTS).stream().map(r -> energy(r).getDouble("value")).toList();
    assertThat(values).hasSize(3).isSorted();
    assertThat(values.getLast()).isBetween(4.3, 4.6);
    assertThat(sent(MEASUREMENTS)).noneMatch(r -> r.body().contains("initial_measure_time"));
  }

  @ParameterizedTest
  @Checklist("O-05")
  @CsvSource({"nothing, 0", "zero, 1"})
  void aWindowThatNoMeterMeasuredIsZeroOrNotSent(String rule, int messages) {
    start(new JsonObject().put("silent_meters", rule), "INTERMITTENT");
    depot.clock().advanceTo(at(16));

    assertThat(sent(MEASUREMENTS)).hasSize(messages);
    assertThat(sent(MEASUREMENTS)).allMatch(r -> energy(r).getDouble("value") == 0);
    assertThat(depot.events()).contains("METERS_SILENT");
    assertThat(depot.context().health().reports().get("meters grid/" + GROUP).message())
        .contains("no meter");
  }

  @Test
  @Checklist("O-05")
  void withoutAVehicleTheWindowIsZero() {
    start();
    draw(16, 0);

    assertThat(sent(MEASUREMENTS)).hasSize(1);
    assertThat(energy(sent(MEASUREMENTS).getFirst()).getInteger("value")).isZero();
  }

  @Test
  @Checklist("O-06")
  void importAndExportOfOneWindowAreTwoEntries() {
    start();
    for (int i = 0; i <= 16; i++) {
      depot.measure(1, i < 8 ? 6_000 : -3_000, null);
      depot.clock().advanceTo(at(i + 1));
    }

    var entries = Depot.body(sent(MEASUREMENTS).getFirst()).getJsonArray("measurements");
    assertThat(entries).hasSize(2);
    assertThat(entries.getJsonObject(0).getString("direction")).isEqualTo("IMPORT");
    assertThat(entries.getJsonObject(0).getDouble("value")).isBetween(0.7, 0.8);
    assertThat(entries.getJsonObject(1).getString("direction")).isEqualTo("EXPORT");
    assertThat(entries.getJsonObject(1).getDouble("value")).isBetween(0.3, 0.4);
  }

  @Test
  @Checklist("O-07")
  void aWindowThatDoesNotArriveIsRepeatedAndLaterOnesWait() {
    start();
    partner.next(MEASUREMENTS, 500, 500, 500);
    draw(15, 6_000);
    depot.leapSeconds(90);

    List<Request> tries = sent(MEASUREMENTS);
    assertThat(tries).hasSize(4);
    assertThat(tries)
        .extracting(r -> r.header("X-Request-ID"))
        .containsOnly(tries.getFirst().header("X-Request-ID"));
    assertThat(tries).extracting(Request::body).containsOnly(tries.getFirst().body());
    partner.forget();
    partner.usually(500);
    draw(30, 6_000);
    assertThat(sent(MEASUREMENTS))
        .extracting(Request::body)
        .containsOnly(sent(MEASUREMENTS).getFirst().body());
    partner.forget();
    partner.usually(204);
    draw(10, 6_000);
    assertThat(sent(MEASUREMENTS).stream().map(r -> energy(r).getString("measure_time")))
        .containsExactly(at(30).toString(), at(45).toString());
  }

  @ParameterizedTest
  @Checklist("O-08")
  @CsvSource({"400", "404"})
  void aWindowThatIsRefusedIsDroppedAndTheNextGoesOn(int refusal) {
    start();
    partner.next(MEASUREMENTS, refusal);
    draw(46, 6_000);

    assertThat(sent(MEASUREMENTS).stream().map(r -> energy(r).getString("measure_time")))
        .containsExactly(at(15).toString(), at(30).toString(), at(45).toString());
    assertThat(depot.events()).filteredOn("MESSAGE_DROPPED"::equals).hasSize(1);
  }

  @Test
  @Checklist("O-09")
  void aMessageThatThePartnerDoesNotHaveIsNotSentAnyMore() {
    start();
    partner.next(MEASUREMENTS, 501);
    draw(46, 6_000);

    assertThat(sent(MEASUREMENTS)).hasSize(1);
    assertThat(depot.events()).contains("SWITCHED_OFF");
    assertThat(depot.view().messagesWaiting()).isZero();
  }

  @ParameterizedTest
  @Checklist("O-10")
  @CsvSource({"true, 1", "false, 3"})
  void anotherSuccessThan204IsADeviation(boolean accepted, int atLeast) {
    start(new JsonObject().put("accept_any_success", accepted), "INTERMITTENT");
    partner.next(MEASUREMENTS, 200, 200, 200);
    draw(15, 6_000);
    depot.leapSeconds(90);

    assertThat(sent(MEASUREMENTS)).hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(sent(MEASUREMENTS).size() == 1).isEqualTo(accepted);
    assertThat(depot.events()).contains("DEVIATION");
  }

  @Test
  @Checklist("O-11")
  void afterAnOutageEveryWindowIsSentInOrderAndNotAtOnce() {
    start();
    partner.usually(request -> Future.failedFuture("nobody there"));
    draw(190, 6_000);
    partner.forget();
    List<Instant> times = new java.util.ArrayList<>();
    partner.listen(request -> times.add(depot.clock().instant()));
    partner.usually(204);
    draw(10, 6_000);

    List<String> ends =
        sent(MEASUREMENTS).stream().map(r -> energy(r).getString("measure_time")).toList();
    List<String> expected =
        java.util.stream.IntStream.rangeClosed(1, ends.size())
            .mapToObj(i -> at(15 * i).toString())
            .toList();
    assertThat(ends).isEqualTo(expected).hasSizeGreaterThanOrEqualTo(12);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i)).isAfterOrEqualTo(times.get(i - 1).plusSeconds(1));
    }
  }

  private CommandReply adjust(int fromMinutes, int toMinutes, int watts) {
    AdjustForecast.Block wanted = new AdjustForecast.Block(at(fromMinutes), at(toMinutes), watts);
    return get(
        depot
            .context()
            .bus()
            .ask(
                OscpAddresses.ADJUST,
                new AdjustForecast("grid", GROUP, false, List.of(wanted), "dana", "c1")));
  }

  @Test
  @Checklist({"O-12", "F-23"})
  void anotherForecastIsAskedForAndNothingChangesUntilItComes() {
    start();
    assertThat(status(partner.send(forecast(GROUP, "CONSUMPTION", block(NOW, at(120), 50)))))
        .isEqualTo(204);
    CommandReply reply = adjust(30, 45, 80_500);

    Request asked = sent(ADJUST).getFirst();
    assertThat(reply)
        .isEqualTo(new CommandReply.Accepted(asked.header("X-Request-ID").orElseThrow()));
    assertThat(Depot.body(asked))
        .isEqualTo(
            forecast(
                GROUP,
                "CONSUMPTION",
                block(at(30).toString(), at(45).toString(), 80.5, "ALL", "KW")));
    assertThat(adjust(40, 50, 1)).isInstanceOf(CommandReply.Refused.class);
    depot.clock().advanceTo(at(29));
    assertThat(depot.watts()).hasValue(50_000);

    Request answer =
        partner
            .request(
                "POST",
                "update_group_capacity_forecast",
                forecast(GROUP, "CONSUMPTION", block(at(30), at(45), 70)))
            .with("X-Correlation-ID", asked.header("X-Request-ID").orElseThrow());
    assertThat(status(partner.send(answer))).isEqualTo(204);
    depot.clock().advanceTo(at(30));
    assertThat(depot.watts()).hasValue(70_000);
    assertThat(depot.events()).contains("ADJUST_CLOSED");
    assertThat(adjust(40, 45, 1)).isInstanceOf(CommandReply.Accepted.class);
  }

  @Test
  @Checklist("O-13")
  void silenceIsAnAnswerWhenTheTimeIsOver() {
    start();
    assertThat(adjust(30, 45, 80_000)).isInstanceOf(CommandReply.Accepted.class);
    depot.clock().advanceTo(at(44));
    assertThat(depot.events()).doesNotContain("ADJUST_CLOSED");
    depot.clock().advanceTo(at(46));

    assertThat(depot.events()).contains("ADJUST_CLOSED");
    assertThat(sent(ADJUST)).hasSize(1);
  }

  @Test
  @Checklist("O-14")
  void whatCannotBeKeptIsToldOnceForEachForecast() {
    start();
    assertThat(status(partner.send(forecast(GROUP, "CONSUMPTION", block(NOW, at(600), 5)))))
        .isEqualTo(204);
    draw(60, 9_000);
    assertThat(sent("group_capacity_compliance_error")).hasSize(1);
    assertThat(status(partner.send(forecast(GROUP, "CONSUMPTION", block(NOW, at(600), 4)))))
        .isEqualTo(204);
    draw(60, 9_000);

    assertThat(sent("group_capacity_compliance_error")).hasSize(2);
    assertThat(sent("group_capacity_compliance_error"))
        .allSatisfy(
            request ->
                assertThat(
                        Schemas.problem(Action.COMPLIANCE_ERROR, StrictJson.parse(request.body())))
                    .isEmpty());
  }

  @Test
  @Checklist({"O-15", "O-16"})
  void allConnectorsOfASiteAreOneAsset() {
    start(
        new JsonObject().put("measurements", "asset").put("energy_type", "TOTAL"), "INTERMITTENT");
    for (int i = 0; i <= 15; i++) {
      depot
          .clock()
          .advanceTo(at(i).isAfter(depot.clock().instant()) ? at(i) : depot.clock().instant());
      depot.measure(1, 6_000, 1_000L + 100L * i);
      depot.measure(2, 3_000, 5_000L + 50L * i);
    }
    depot.leapSeconds(60);

    Request request = sent(ASSETS).getFirst();
    assertThat(Schemas.problem(Action.ASSET_MEASUREMENTS, StrictJson.parse(request.body())))
        .isEmpty();
    assertThat(request.body()).doesNotContain("null");
    assertThat(Depot.body(request).getJsonArray("measurements")).hasSize(1);
    JsonObject asset = energy(request);
    assertThat(asset.getString("asset_id")).isEqualTo(GROUP);
    assertThat(asset.getString("asset_category")).isEqualTo("CHARGING");
    assertThat(asset.getJsonObject("energy_measurement").getDouble("value")).isBetween(2.2, 2.26);
    JsonObject power = asset.getJsonObject("instantaneous_measurement");
    assertThat(power.getString("unit")).isIn("W", "KW");
    assertThat(power.getDouble("value")).isBetween(8.8, 9.04);
    assertThat(sent(MEASUREMENTS)).isEmpty();
  }

  @Test
  @Checklist("O-11")
  void whileOfflineWindowsWaitForAPartnerThatWantsAHandshakeFirst() {
    depot = Depot.online(new JsonObject(), folder);
    partner = depot.partner();
    depot.leapSeconds(200);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    partner.usually(
        request -> Future.succeededFuture(new Answer(403, Map.of(), "{\"message\":\"first\"}")));
    draw(20, 6_000);
    assertThat(depot.view().messagesWaiting()).isEqualTo(1);
    partner.usually(204);
    depot.handshake(null);
    depot.leapSeconds(5);

    assertThat(depot.view().messagesWaiting()).isZero();
    assertThat(depot.events()).doesNotContain("MESSAGE_DROPPED");
  }
}
