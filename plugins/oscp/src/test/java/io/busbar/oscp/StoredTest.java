package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.status;
import static io.busbar.oscpstandin.CapacityProvider.block;
import static io.busbar.oscpstandin.CapacityProvider.forecast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Request;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin with a database, and what is left of it after a restart. */
@Verifies({"OS-02", "OS-04", "OS-08"})
class StoredTest {

  @TempDir Path folder;
  private DatabaseAccess database;
  private Depot depot;
  private CapacityProvider partner;

  @BeforeEach
  void start() {
    database = TestDatabase.fresh("oscp");
    FakeContext context = Depot.context(Depot.settings(new JsonObject()), folder).with(database);
    depot = new Depot(context, call -> Future.failedFuture("nobody is there"));
    partner = depot.partner();
    partner.shows("Token", Depot.A);
    assertThat(status(partner.register(Depot.B))).isEqualTo(204);
    leapUntil(ConnectionStage.REGISTERED);
    assertThat(status(partner.handshake(null, "INTERMITTENT"))).isEqualTo(204);
    leapUntil(ConnectionStage.ONLINE);
  }

  @AfterEach
  void stop() {
    depot.close();
  }

  /** Work is done on other threads, so time passes in steps until it shows. */
  private void leapUntil(ConnectionStage stage) {
    await()
        .until(
            () -> {
              if (depot.stage() != stage) {
                depot.leap(Duration.ofMillis(200));
              }
              return depot.stage() == stage;
            });
  }

  private void send(JsonObject forecast) {
    assertThat(status(partner.send(forecast))).isEqualTo(204);
  }

  @Test
  @Checklist("B-14")
  void aDeadlineThatWasNearSurvivesARestart() {
    assertThat(status(partner.heartbeat(Duration.ofMinutes(3)))).isEqualTo(204);
    depot.restart();
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    depot.leapSeconds(170);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    depot.leapSeconds(30);

    leapUntil(ConnectionStage.OFFLINE);
  }

  @Test
  @Checklist("B-14")
  void whatIsOfflineStaysOfflineOverARestart() {
    send(forecast(GROUP, "CONSUMPTION", block(NOW, NOW.plusSeconds(86_400), 50)));
    send(forecast(GROUP, "FALLBACK_CONSUMPTION", block(NOW, NOW.plusSeconds(86_400), 20)));
    depot.leapSeconds(300);
    leapUntil(ConnectionStage.OFFLINE);
    await().until(() -> depot.watts().equals(java.util.OptionalInt.of(20_000)));

    depot.restart();
    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    await().until(() -> !depot.envelopes().isOnline());
    assertThat(status(partner.handshake(null))).isEqualTo(204);
    leapUntil(ConnectionStage.ONLINE);
    await().until(() -> depot.watts().equals(java.util.OptionalInt.of(50_000)));
  }

  @Test
  void aMessageIsKnownWhenItComesAgainAfterARestart() {
    Request request =
        partner.request(
            "POST",
            "update_group_capacity_forecast",
            forecast(GROUP, "CONSUMPTION", block(NOW, NOW.plusSeconds(3_600), 50)));
    assertThat(status(partner.send(request))).isEqualTo(204);
    depot.restart();

    assertThat(status(partner.send(request))).isEqualTo(204);
    Request other =
        new Request(
            request.method(),
            request.action(),
            request.headers(),
            request.body().replace("50", "90"));
    assertThat(status(partner.send(other))).isEqualTo(400);
  }

  @Test
  void windowsThatWaitSurviveARestartInOrder() {
    partner.usually(500);
    long register = 1_000;
    for (int i = 0; i < 47; i++) {
      depot.measure(1, 6_000, register += 100);
      depot.leapSeconds(60);
    }
    await()
        .until(
            () -> {
              depot.leapSeconds(1);
              return depot.view().messagesWaiting() >= 3;
            });
    depot.restart();
    partner.forget();
    partner.usually(204);
    await()
        .until(
            () -> {
              depot.leapSeconds(1);
              return depot.view().messagesWaiting() == 0;
            });

    assertThat(partner.received("update_group_measurements"))
        .extracting(r -> Depot.body(r).getJsonArray("measurements").getJsonObject(0))
        .extracting(energy -> energy.getString("measure_time"))
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void secretsAreNotReadableWhereTheyAreStored() {
    String c = partner.token();
    String stored =
        TestDatabase.value(database, "select string_agg(state::text, ' ') from connection")
            + TestDatabase.value(database, "select string_agg(payload::text, ' ') from audit_event")
            + TestDatabase.value(database, "select count(*) from seen_message");

    assertThat(stored)
        .contains("ONLINE")
        .doesNotContain(Depot.B)
        .doesNotContain(Depot.A)
        .doesNotContain(c);
  }
}
