package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.EndSession;
import io.busbar.api.balancing.GetSession;
import io.busbar.api.balancing.GetSessionReply;
import io.busbar.api.balancing.ListSessions;
import io.busbar.api.balancing.SaveSession;
import io.busbar.api.balancing.SessionChanged;
import io.busbar.api.balancing.SessionNeeds;
import io.busbar.api.balancing.SessionPage;
import io.busbar.api.balancing.SessionReply;
import io.busbar.api.balancing.SessionReply.NotFound;
import io.busbar.api.balancing.SessionReply.Refused;
import io.busbar.api.balancing.SessionReply.Saved;
import io.busbar.api.balancing.SiteSession;
import io.busbar.api.balancing.SiteSession.BegunBy;
import io.busbar.api.topology.Violation;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions by the bus, from devices and from whoever else knows something of a vehicle. */
class BalancingSessionTest {

  private static final UUID S = id("a session");

  @TempDir Path folder;
  private FakeContext context;
  private FakeDepot depot;
  private PluginHarness harness;

  @BeforeEach
  void start() {
    context = FakeContext.of("balancing", new JsonObject().put("strategy", "PRIORITY"), folder);
    depot = new FakeDepot(context, new SiteSketch().grid("g", 8_000).connectors("g", "a", "b"));
    harness = PluginHarness.start(new BalancingPlugin(), context);
    depot.pass(10);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  void aSessionThatIsBegunByApiChargesIsShownAndEnds() {
    Saved begun = saved(save(S, "a", energy(20_000)));

    assertThat(begun.changed()).isTrue();
    assertThat(begun.session().begunBy()).isEqualTo(BegunBy.API);
    assertThat(begun.session().energyRemainingWattHours()).hasValue(20_000);
    assertThat(get(S)).isEqualTo(new GetSessionReply.Found(begun.session()));
    depot.plug("a");
    depot.pass(4);
    assertThat(depot.limit("a")).isEqualTo(SiteSketch.MAX);

    Saved ended = saved(end(S));
    assertThat(ended.session().unpluggedAt()).contains(context.clock().instant());
    assertThat(saved(end(S))).isEqualTo(new Saved(ended.session(), false));
    assertThat(told()).last().satisfies(e -> assertThat(e.session()).isEqualTo(ended.session()));
    assertThat(told()).last().satisfies(e -> assertThat(e.actor()).isEqualTo("operator"));
  }

  @Test
  void askingAgainWithTheSameIdAndContentChangesNothing() {
    Saved first = saved(save(S, "a", energy(20_000)));
    context.bus().forget();

    Saved again = saved(save(S, "a", energy(20_000)));

    assertThat(again).isEqualTo(new Saved(first.session(), false));
    assertThat(told()).isEmpty();
  }

  @Test
  void whatIsGivenForASessionOfADeviceCountsBeforeWhatTheDeviceSaysUntilItIsTakenBack() {
    depot.session("a", Optional.empty(), OptionalInt.of(5_000));
    depot.session("b", Optional.empty());
    depot.plug("a", "b");
    depot.pass(4);
    assertThat(depot.limit("a")).isEqualTo(4_000);

    UUID device = id("session a");
    SiteSession given = saved(change(device, priority(5))).session();
    depot.pass(10);
    assertThat(given.priority()).isEqualTo(5);
    assertThat(given.vehicleMaxWatts()).hasValue(5_000);
    assertThat(given.begunBy()).isEqualTo(BegunBy.DEVICE);
    assertThat(depot.limit("a")).isEqualTo(5_000);

    depot.session("a", Optional.empty(), OptionalInt.of(6_000));
    depot.pass(10);
    assertThat(found(device).priority()).isEqualTo(5);
    assertThat(depot.limit("a")).isEqualTo(6_000);

    saved(change(device, SessionNeeds.NONE));
    depot.pass(10);
    assertThat(found(device).priority()).isZero();
    assertThat(depot.limit("a")).isEqualTo(4_000);
  }

  @Test
  void aDeviceJoinsTheSessionThatWasAnnouncedForItsConnector() {
    saved(save(S, "a", priority(3)));
    depot.pass(4);

    depot.session("a", Optional.empty(), OptionalInt.of(5_000));
    depot.pass(2);

    SiteSession joined = found(S);
    assertThat(found(id("session a"))).isEqualTo(joined);
    assertThat(joined.deviceSessionId()).contains(id("session a"));
    assertThat(joined.priority()).isEqualTo(3);
    assertThat(joined.vehicleMaxWatts()).hasValue(5_000);
    depot.session("a", Optional.of(context.clock().instant()));
    depot.pass(2);
    assertThat(found(S).unpluggedAt()).isPresent();
  }

  @Test
  void whatADeviceCannotMeanIsLeftOut() {
    depot.session("a", Optional.empty(), OptionalInt.of(-1));
    depot.plug("a");
    depot.pass(4);

    assertThat(found(id("session a")).vehicleMaxWatts()).isEmpty();
    assertThat(depot.limit("a")).isEqualTo(SiteSketch.MAX);
  }

  @Test
  void aVehicleThatLeavesWithoutAWordEndsItsSession() {
    depot.session("a", Optional.empty());
    depot.plug("a");
    depot.pass(10);
    depot.unplug("a");
    Instant left = context.clock().instant();
    depot.pass(40);

    assertThat(found(id("session a")).unpluggedAt().orElseThrow())
        .isBetween(left, left.plusSeconds(2));
  }

  @Test
  void aSessionThatIsAnnouncedWaitsForItsVehicle() {
    saved(save(S, "a", SessionNeeds.NONE));
    depot.pass(300);
    assertThat(found(S).unpluggedAt()).isEmpty();

    depot.plug("a");
    depot.pass(10);
    assertThat(depot.limit("a")).isPositive();
    depot.unplug("a");
    depot.pass(40);
    assertThat(found(S).unpluggedAt()).isPresent();
  }

  @Test
  void aSessionAtAConnectorThatIsRemovedIsOver() {
    depot.session("b", Optional.empty());
    depot.pass(2);

    depot.change(new SiteSketch().version(2).grid("g", 8_000).connectors("g", "a"));
    depot.pass(2);

    assertThat(found(id("session b")).unpluggedAt()).isPresent();
  }

  @Test
  void whatBreaksARuleIsRefusedByName() {
    Instant now = context.clock().instant();
    assertThat(rule(save(S, "nowhere", SessionNeeds.NONE))).isEqualTo("UNKNOWN_NODE");
    assertThat(rule(save(S, "g", SessionNeeds.NONE))).isEqualTo("NOT_A_CONNECTOR");
    assertThat(rule(save(S, "a", energy(-1)))).isEqualTo("ENERGY_OUT_OF_RANGE");
    assertThat(rule(save(S, "a", energy(10_000_001)))).isEqualTo("ENERGY_OUT_OF_RANGE");
    assertThat(rule(save(S, "a", departure(now)))).isEqualTo("DEPARTURE_OUT_OF_RANGE");
    assertThat(rule(save(S, "a", departure(Instant.MAX)))).isEqualTo("DEPARTURE_OUT_OF_RANGE");
    assertThat(rule(save(S, "a", weight(0)))).isEqualTo("BAD_WEIGHT");
    assertThat(rule(save(S, "a", weight(Double.NaN)))).isEqualTo("BAD_WEIGHT");
    assertThat(rule(save(S, "a", vehicle(0)))).isEqualTo("VEHICLE_LIMIT_OUT_OF_RANGE");
    assertThat(rule(begin("a", now.plusSeconds(90)))).isEqualTo("PLUGGED_IN_OUT_OF_RANGE");
    assertThat(rule(begin("a", now.minus(Duration.ofDays(367)))))
        .isEqualTo("PLUGGED_IN_OUT_OF_RANGE");
    assertThat(change(S, SessionNeeds.NONE)).isEqualTo(new NotFound(S));
    assertThat(end(S)).isEqualTo(new NotFound(S));
    assertThat(told()).isEmpty();

    saved(save(S, "a", SessionNeeds.NONE));
    assertThat(rule(save(id("other"), "a", SessionNeeds.NONE))).isEqualTo("CONNECTOR_OCCUPIED");
    assertThat(rule(save(S, "b", SessionNeeds.NONE))).isEqualTo("SESSION_MOVED");
    assertThat(rule(begin("a", now.minusSeconds(5)))).isEqualTo("SESSION_MOVED");
    assertThat(rule(end(S, now.minusSeconds(9)))).isEqualTo("UNPLUGGED_OUT_OF_RANGE");
    assertThat(rule(end(S, now.plusSeconds(90)))).isEqualTo("UNPLUGGED_OUT_OF_RANGE");

    context.clock().leapSeconds(10);
    saved(end(S));
    assertThat(rule(change(S, energy(1)))).isEqualTo("SESSION_ENDED");
    assertThat(
            rule(
                ask(
                    new SaveSession(
                        id("third"),
                        Optional.of(id("a")),
                        Optional.of(now.plusSeconds(5)),
                        SessionNeeds.NONE,
                        "operator",
                        "c"))))
        .isEqualTo("CONNECTOR_OCCUPIED");
  }

  @Test
  void sessionsAreListedByTimePlaceAndWhetherTheyLastInPages() {
    Instant began = context.clock().instant();
    for (int i = 0; i < 7; i++) {
      context.clock().leapSeconds(60);
      saved(save(id("past " + i), "a", SessionNeeds.NONE));
      context.clock().leapSeconds(30);
      saved(end(id("past " + i)));
    }
    saved(save(S, "b", SessionNeeds.NONE));

    SessionPage first = list(Optional.empty(), Optional.empty(), Optional.empty());
    SessionPage next = list(Optional.empty(), Optional.empty(), first.nextCursor());
    assertThat(first.sessions()).hasSize(5).first().isEqualTo(found(S));
    assertThat(next.sessions()).hasSize(3).last().isEqualTo(found(id("past 0")));
    assertThat(next.nextCursor()).isEmpty();
    assertThat(list(Optional.of(true), Optional.empty(), Optional.empty()).sessions())
        .containsExactly(found(S));
    assertThat(list(Optional.of(true), Optional.of("a"), Optional.empty()).sessions()).isEmpty();
    assertThat(list(Optional.of(false), Optional.of("a"), Optional.empty()).sessions()).hasSize(5);
    assertThat(list(Optional.empty(), Optional.empty(), Optional.of("nonsense")).sessions())
        .isEmpty();
    ListSessions second =
        new ListSessions(
            Optional.empty(),
            Optional.empty(),
            Optional.of(began.plusSeconds(90)),
            Optional.of(began.plusSeconds(160)),
            5,
            Optional.empty());
    assertThat(list(second).sessions()).containsExactly(found(id("past 1")));
  }

  private SessionReply begin(String connector, Instant at) {
    return ask(
        new SaveSession(
            S, Optional.of(id(connector)), Optional.of(at), SessionNeeds.NONE, "operator", "c"));
  }

  private SessionReply save(UUID sessionId, String connector, SessionNeeds needs) {
    return ask(
        new SaveSession(
            sessionId, Optional.of(id(connector)), Optional.empty(), needs, "operator", "c"));
  }

  private SessionReply change(UUID sessionId, SessionNeeds needs) {
    return ask(
        new SaveSession(sessionId, Optional.empty(), Optional.empty(), needs, "operator", "c"));
  }

  private SessionReply ask(SaveSession question) {
    return context.bus().ask(BalancingAddresses.SAVE_SESSION.at(FakeDepot.SITE), question).await();
  }

  private SessionReply end(UUID sessionId) {
    return end(new EndSession(sessionId, Optional.empty(), "operator", "c"));
  }

  private SessionReply end(UUID sessionId, Instant at) {
    return end(new EndSession(sessionId, Optional.of(at), "operator", "c"));
  }

  private SessionReply end(EndSession question) {
    return context.bus().ask(BalancingAddresses.END_SESSION.at(FakeDepot.SITE), question).await();
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

  private SessionPage list(
      Optional<Boolean> active, Optional<String> connector, Optional<String> cursor) {
    return list(
        new ListSessions(
            active, connector.map(SiteSketch::id), Optional.empty(), Optional.empty(), 5, cursor));
  }

  private SessionPage list(ListSessions question) {
    return context.bus().ask(BalancingAddresses.SESSIONS.at(FakeDepot.SITE), question).await();
  }

  private java.util.List<SessionChanged> told() {
    return context.bus().told(BalancingAddresses.SESSION_CHANGED);
  }

  private static Saved saved(SessionReply reply) {
    assertThat(reply).isInstanceOf(Saved.class);
    return (Saved) reply;
  }

  private static String rule(SessionReply reply) {
    assertThat(reply).isInstanceOf(Refused.class);
    Violation first = ((Refused) reply).violations().getFirst();
    assertThat(first.message()).isNotBlank();
    return first.rule();
  }

  static SessionNeeds energy(int wattHours) {
    return new SessionNeeds(
        OptionalInt.of(wattHours),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  private static SessionNeeds departure(Instant at) {
    return new SessionNeeds(
        OptionalInt.empty(),
        Optional.of(at),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  static SessionNeeds priority(int priority) {
    return new SessionNeeds(
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.of(priority),
        Optional.empty(),
        OptionalInt.empty());
  }

  private static SessionNeeds weight(double weight) {
    return new SessionNeeds(
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.of(weight),
        OptionalInt.empty());
  }

  private static SessionNeeds vehicle(int watts) {
    return new SessionNeeds(
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.of(watts));
  }
}
