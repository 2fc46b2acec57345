package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.EndSession;
import io.busbar.api.balancing.GetSession;
import io.busbar.api.balancing.GetSessionReply;
import io.busbar.api.balancing.GetSettings;
import io.busbar.api.balancing.GetStatus;
import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.ListSessions;
import io.busbar.api.balancing.SaveSession;
import io.busbar.api.balancing.SessionNeeds;
import io.busbar.api.balancing.SessionReply;
import io.busbar.api.balancing.SessionReply.Saved;
import io.busbar.api.balancing.SetSettings;
import io.busbar.api.balancing.SiteSession;
import io.busbar.api.balancing.SiteSettings;
import io.busbar.api.balancing.Strategy;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.VehicleState;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions and chosen settings in PostgreSQL, over restarts and while it is away. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class SessionStoredTest {

  private static final UUID S = id("a session");

  @TempDir Path folder;
  private final DatabaseAccess access = TestDatabase.fresh("balancing");
  private final Wire wire = new Wire(access);
  private FakeContext context;
  private FakeDepot depot;
  private PluginHarness harness;
  private Duration later = Duration.ZERO;

  @BeforeEach
  void start() {
    context = FakeContext.of("balancing", new JsonObject(), folder).with(wire.access());
    context.clock().advance(later);
    depot = new FakeDepot(context, new SiteSketch().grid("g", 9_000).connectors("g", "a", "b"));
    harness = PluginHarness.start(new BalancingPlugin(), context);
  }

  @AfterEach
  void stop() {
    harness.close();
    wire.close();
  }

  private void restart() {
    later = Duration.between(io.busbar.testkit.LeapClock.START, context.clock().instant());
    harness.close();
    start();
  }

  @Test
  void aRestartKeepsNeedsDeparturesPrioritiesAndWhatWasTakenSince() {
    Instant departure = context.clock().instant().plus(Duration.ofHours(3));
    read("a", VehicleState.CHARGING, 1_000);
    depot.session("a", Optional.empty(), OptionalInt.of(5_000));
    SiteSession before = saved(save(id("session a"), needs(20_000, departure, 4))).session();
    read("a", VehicleState.CHARGING, 4_000);
    assertThat(found(id("session a")).energyRemainingWattHours()).hasValue(17_000);

    restart();
    read("a", VehicleState.CHARGING, 6_500);

    SiteSession after = found(id("session a"));
    assertThat(after.energyRemainingWattHours()).hasValue(14_500);
    assertThat(after.energyNeededWattHours()).hasValue(20_000);
    assertThat(after.departure()).contains(departure);
    assertThat(after.priority()).isEqualTo(4);
    assertThat(after.vehicleMaxWatts()).hasValue(5_000);
    assertThat(after.given()).isEqualTo(before.given());
    assertThat(status().getFirst().departure()).contains(departure);
  }

  @Test
  void aSessionThatEndedDuringTheRestartIsClosedWhenItsDeviceReportsNoVehicle() {
    read("a", VehicleState.CHARGING, 1_000);
    depot.session("a", Optional.empty());
    flush();
    restart();
    assertThat(status()).hasSize(1);

    context.clock().leapSeconds(5);
    read("a", VehicleState.NONE, 9_000);

    assertThat(status()).isEmpty();
    assertThat(found(id("session a")).unpluggedAt()).contains(context.clock().instant());
    flush();
    assertThat(
            TestDatabase.value(
                access,
                "select unplugged_at is not null from charging_session where node_id = '%s'"
                    .formatted(id("a"))))
        .isEqualTo("t");
  }

  @Test
  void everyChangeIsInTheAuditWithWhoMadeIt() {
    depot.session("a", Optional.empty());
    saved(save(id("session a"), needs(5_000, context.clock().instant().plusSeconds(60), 1)));
    saved(end(id("session a")));

    assertThat(
            TestDatabase.value(
                access,
                "select string_agg(actor || ' ' || source, ', ' order by o.position)"
                    + " from audit_event join outbox o using (event_id)"
                    + " where topic = 'microgrid.charging_session_changed.v1'"))
        .isEqualTo("device balancing, operator balancing, operator balancing");
    assertThat(context.bus().told(BalancingAddresses.SESSION_CHANGED)).hasSize(3);
  }

  @Test
  void whatEndedStaysAsItIsAlsoAfterARestart() {
    saved(begin(S, "a"));
    context.clock().leapSeconds(60);
    SiteSession ended = saved(end(S)).session();
    restart();

    SessionReply again = begin(S, "a");

    assertThat(((SessionReply.Refused) again).violations().getFirst().rule())
        .isEqualTo("SESSION_ENDED");
    assertThat(found(S)).isEqualTo(ended);
    assertThat(list(Optional.of(false))).containsExactly(ended);
  }

  @Test
  void aSessionOfAnotherMicrogridIsNeitherShownNorChanged() {
    saved(begin(S, "a"));
    saved(end(S));
    TestDatabase.execute(
        access,
        "update charging_session set microgrid_id = '%s', session = jsonb_set(session,"
                .formatted(id("elsewhere"))
            + " '{microgrid_id}', '\"%s\"')".formatted(id("elsewhere")));

    assertThat(((SessionReply.Refused) begin(S, "b")).violations().getFirst().rule())
        .isEqualTo("SESSION_OF_ANOTHER_MICROGRID");
    assertThat(get(S)).isEqualTo(new GetSessionReply.NotFound(S));
  }

  @Test
  void whileTheDatabaseIsAwayDevicesGoOnAndWhatIsAskedForFails() {
    depot.pass(10);
    wire.cut();
    depot.session("a", Optional.empty());
    depot.plug("a");
    depot.pass(10);
    assertThat(depot.limit("a")).isEqualTo(SiteSketch.MAX);
    assertThat(list(Optional.of(true))).hasSize(1);
    Instant departure = context.clock().instant().plusSeconds(600);
    assertThatThrownBy(() -> save(id("session a"), needs(1, departure, 1)))
        .hasMessageContaining("away");
    assertThatThrownBy(() -> begin(S, "b")).hasMessageContaining("away");
    assertThatThrownBy(() -> choose(Optional.of(Strategy.PRIORITY))).hasMessageContaining("away");
    assertThat(status()).hasSize(1);

    wire.mend();
    flushUntilBack();
    assertThat(TestDatabase.value(access, "select count(*) from charging_session")).isEqualTo("2");
  }

  @Test
  void aChosenStrategyOutlivesARestartAndIsAudited() {
    SiteSettings chosen = choose(Optional.of(Strategy.PRIORITY));
    restart();

    SiteSettings after =
        context
            .bus()
            .ask(BalancingAddresses.SETTINGS.at(FakeDepot.SITE), new GetSettings())
            .await();
    assertThat(after).isEqualTo(chosen);
    assertThat(after.strategy()).isEqualTo(Strategy.PRIORITY);
    assertThat(after.granularity()).isEqualTo(Granularity.CHARGE_POINT);
    assertThat(
            TestDatabase.value(
                access,
                "select actor from audit_event where topic ="
                    + " 'microgrid.balancing_settings_changed.v1'"))
        .isEqualTo("operator");
    choose(Optional.empty());
    restart();
    assertThat(choose(Optional.empty()).strategy()).isEqualTo(Strategy.EQUAL_SHARE);
  }

  /** What was left to be written before is written when this is. */
  private void flush() {
    saved(begin(id("flush " + context.clock().instant()), "b"));
    saved(end(id("flush " + context.clock().instant())));
  }

  private void flushUntilBack() {
    for (int attempt = 0; attempt < 100; attempt++) {
      depot.pass(4);
      try {
        list(Optional.empty()); // asked where attempts to write are made, hence after the last one
        saved(begin(S, "b"));
        return;
      } catch (RuntimeException away) {
        // a connection that was cut may be noticed only when it is used
      }
    }
    throw new AssertionError("not back: " + context.health().reports());
  }

  private void read(String connector, VehicleState vehicle, long register) {
    context.clock().leapSeconds(1);
    Reading reading =
        new Reading(
            id(connector),
            context.clock().instant(),
            OptionalInt.of(0),
            OptionalLong.of(register),
            List.of(),
            Optional.of(vehicle),
            OptionalInt.of(0));
    context
        .bus()
        .tell(
            FieldAddresses.READINGS.at(FakeDepot.SITE),
            new Readings(FakeDepot.SITE, "test", List.of(reading)));
  }

  private static SessionNeeds needs(int energy, Instant departure, int priority) {
    return new SessionNeeds(
        OptionalInt.of(energy),
        Optional.of(departure),
        OptionalInt.of(priority),
        Optional.empty(),
        OptionalInt.empty());
  }

  private SessionReply begin(UUID sessionId, String connector) {
    return ask(
        new SaveSession(
            sessionId,
            Optional.of(id(connector)),
            Optional.empty(),
            SessionNeeds.NONE,
            "operator",
            "c"));
  }

  private SessionReply save(UUID sessionId, SessionNeeds needs) {
    return ask(
        new SaveSession(sessionId, Optional.empty(), Optional.empty(), needs, "operator", "c"));
  }

  private SessionReply ask(SaveSession question) {
    return context.bus().ask(BalancingAddresses.SAVE_SESSION.at(FakeDepot.SITE), question).await();
  }

  private SessionReply end(UUID sessionId) {
    return context
        .bus()
        .ask(
            BalancingAddresses.END_SESSION.at(FakeDepot.SITE),
            new EndSession(sessionId, Optional.empty(), "operator", "c"))
        .await();
  }

  private SiteSettings choose(Optional<Strategy> strategy) {
    return context
        .bus()
        .ask(
            BalancingAddresses.SET_SETTINGS.at(FakeDepot.SITE),
            new SetSettings(
                strategy, strategy.map(any -> Granularity.CHARGE_POINT), "operator", "c"))
        .await();
  }

  private GetSessionReply get(UUID sessionId) {
    return context
        .bus()
        .ask(BalancingAddresses.SESSION.at(FakeDepot.SITE), new GetSession(sessionId))
        .await();
  }

  private SiteSession found(UUID sessionId) {
    return ((GetSessionReply.Found) get(sessionId)).session();
  }

  private List<SiteSession> list(Optional<Boolean> active) {
    ListSessions question =
        new ListSessions(
            active, Optional.empty(), Optional.empty(), Optional.empty(), 50, Optional.empty());
    return context
        .bus()
        .ask(BalancingAddresses.SESSIONS.at(FakeDepot.SITE), question)
        .await()
        .sessions();
  }

  private List<io.busbar.api.field.ChargingSession> status() {
    return context
        .bus()
        .ask(BalancingAddresses.STATUS.at(FakeDepot.SITE), new GetStatus())
        .await()
        .sessions();
  }

  private static Saved saved(SessionReply reply) {
    assertThat(reply).isInstanceOf(Saved.class);
    return (Saved) reply;
  }
}
