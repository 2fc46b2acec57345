package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.oscp.AdjustForecast;
import io.busbar.api.oscp.CommandReply;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.api.oscp.OscpAddresses;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange;
import io.busbar.testkit.ConnectorSite;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What windows say when there are several groups, restarts, and a store that is away. */
@Verifies("OS-04")
class MeasureTest {

  private static final String MEASUREMENTS = "update_group_measurements";
  private static final String OTHER = "DEPOT0043";

  @TempDir Path folder;
  private Depot depot;
  private CapacityProvider partner;
  private long register = 10_000;

  private void start(JsonObject settings) {
    depot = Depot.with(settings, folder);
    partner = depot.partner();
    depot.register();
    depot.handshake(null, "INTERMITTENT");
    partner.forget();
  }

  private void start() {
    start(Depot.settings(rules()));
  }

  private static JsonObject rules() {
    return new JsonObject().put("heartbeat_seconds", 0);
  }

  /** The group of all connectors, and one of the second alone. */
  private static JsonObject twoGroups() {
    JsonObject settings = Depot.settings(rules());
    JsonObject second = Depot.connection(settings, "grid").getJsonArray("groups").getJsonObject(0);
    Depot.connection(settings, "grid")
        .getJsonArray("groups")
        .add(
            second
                .copy()
                .put("group_id", OTHER)
                .put("node_id", ConnectorSite.connector(2).toString())
                .put("control_point_id", new java.util.UUID(0, 11).toString()));
    return settings;
  }

  @AfterEach
  void stop() {
    depot.close();
  }

  private static Instant at(int minutes) {
    return NOW.plusSeconds(60L * minutes);
  }

  /** Both connectors draw 6 kW until a minute, and are read every minute. */
  private void drawUntil(int minute) {
    while (depot.clock().instant().isBefore(at(minute))) {
      read();
      Instant next = depot.clock().instant().plusSeconds(60);
      depot.clock().advanceTo(next.minusMillis(next.toEpochMilli() % 60_000));
      register += 100;
    }
    read();
  }

  private void read() {
    depot.measure(1, 6_000, register);
    depot.measure(2, 6_000, register);
  }

  /** Kilowatt hours of each window of a group, in the order in which they were sent. */
  private List<Double> energies(String group) {
    return partner.received(MEASUREMENTS).stream()
        .map(Depot::body)
        .filter(body -> body.getString("group_id").equals(group))
        .map(body -> body.getJsonArray("measurements").getJsonObject(0).getDouble("value"))
        .toList();
  }

  @Test
  void everyGroupTellsTheEnergyOfItsWindowAlone() {
    start(twoGroups());
    drawUntil(62);

    assertThat(energies(GROUP)).hasSize(4).endsWith(3.0, 3.0, 3.0);
    assertThat(energies(OTHER)).hasSize(4).endsWith(1.5, 1.5, 1.5);
    assertThat(depot.events()).doesNotContain("METERS_SILENT");
  }

  @Test
  void windowsThatAreMadeLateAreThoseOfTheirTime() {
    start(twoGroups());
    drawUntil(16);
    depot.store().goAway();
    drawUntil(62);
    depot.store().comeBack();
    depot.leapSeconds(60);

    assertThat(energies(GROUP)).hasSize(4).endsWith(3.0, 3.0, 3.0);
    assertThat(energies(OTHER)).hasSize(4).endsWith(1.5, 1.5, 1.5);
    assertThat(depot.events()).doesNotContain("METERS_SILENT");
  }

  @Test
  void aRestartWithinAWindowLosesNothingOfIt() {
    start(twoGroups());
    drawUntil(37);
    depot.restart();
    drawUntil(62);

    assertThat(energies(GROUP)).hasSize(4).endsWith(3.0, 3.0, 3.0);
    assertThat(energies(OTHER)).hasSize(4).endsWith(1.5, 1.5, 1.5);
  }

  @Test
  void aReadingWithoutTheRegisterCountsNothingTwice() {
    start();
    for (int minute = 0; minute <= 30; minute++) {
      depot.clock().advanceTo(minute == 0 ? depot.clock().instant() : at(minute));
      depot.measure(1, 6_000, minute % 2 == 0 ? 1_000L + 100 * minute : null);
    }
    depot.leapSeconds(60);

    assertThat(energies(GROUP)).hasSize(2).endsWith(1.5);
  }

  @Test
  void aWindowWhoseCommitIsInDoubtIsSentOnce() {
    start();
    drawUntil(15);
    depot.store().doubtNext();
    drawUntil(17);

    assertThat(energies(GROUP)).hasSize(1);
    assertThat(depot.store().load().waiting()).isEmpty();
  }

  @Test
  void anAdjustThatIsRefusedIsNotOpenAnyMore() {
    start();
    for (int status : new int[] {400, 501}) {
      partner.next("adjust_group_capacity_forecast", status);
      assertThat(adjust()).isInstanceOf(CommandReply.Accepted.class);
      depot.leapSeconds(5);
    }
    assertThat(adjust())
        .isInstanceOfSatisfying(
            CommandReply.Refused.class,
            refused -> assertThat(refused.reasonCode()).isEqualTo("SWITCHED_OFF"));
    assertThat(depot.store().load().states().get("grid").progress().adjusts()).isEmpty();
  }

  private CommandReply adjust() {
    AdjustForecast.Block wanted = new AdjustForecast.Block(at(30), at(45), 50_000);
    return Depot.get(
        depot
            .context()
            .bus()
            .ask(
                OscpAddresses.ADJUST,
                new AdjustForecast("grid", GROUP, false, List.of(wanted), "dana", "c1")));
  }

  @Test
  void aStoreThatGoesAwayInAChangeOfTheStageLeavesNothingUndone() {
    depot = Depot.with(Depot.settings(rules()), folder);
    partner = depot.partner();
    depot.register();
    depot.store().goAwayAfter(1);
    assertThat(Depot.status(partner.handshake(null, "INTERMITTENT"))).isEqualTo(204);
    depot.leapSeconds(1);
    depot.store().comeBack();
    depot.leapSeconds(3);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    assertThat(Depot.status(partner.send(forecast(5)))).isEqualTo(204);
    drawUntil(20);

    assertThat(partner.received("group_capacity_compliance_error")).hasSize(1);
    assertThat(energies(GROUP)).containsExactly(3.0);
  }

  private static JsonObject forecast(int kilowatts) {
    return CapacityProvider.forecast(
        GROUP, "CONSUMPTION", CapacityProvider.block(NOW, at(600), kilowatts));
  }

  @Test
  void aForecastWhoseCommitIsInDoubtCountsOnceThatIsKnown() {
    start();
    Exchange.Request request =
        partner.request("POST", "update_group_capacity_forecast", forecast(50));
    depot.store().doubtNext();
    assertThat(Depot.status(partner.send(request))).isEqualTo(503);
    depot.store().settle();
    assertThat(Depot.status(partner.send(request))).isEqualTo(204);

    assertThat(depot.watts()).hasValue(50_000);
  }
}
