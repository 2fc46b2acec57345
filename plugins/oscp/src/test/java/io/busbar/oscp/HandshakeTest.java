package io.busbar.oscp;

import static io.busbar.oscp.Depot.A;
import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Request;
import io.busbar.testkit.Verifies;
import io.busbar.wire.StrictJson;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each side wants of the other. */
@Verifies("OS-02")
class HandshakeTest {

  @TempDir Path folder;
  private Depot depot;
  private CapacityProvider partner;

  @BeforeEach
  void start() {
    start(new JsonObject());
  }

  private void start(JsonObject rules) {
    stop();
    depot = Depot.with(Depot.settings(rules), folder);
    partner = depot.partner();
    depot.register();
    partner.forget();
  }

  @AfterEach
  void stop() {
    if (depot != null) {
      depot.close();
    }
  }

  private int handshake(JsonObject body) {
    return status(partner.send(partner.request("POST", "handshake", body)));
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  @Test
  @Checklist("H-01")
  void aHandshakeIsAnsweredByAnAcknowledge() {
    Request request = partner.request("POST", "handshake", CapacityProvider.wishes(60.0));

    assertThat(status(partner.send(request))).isEqualTo(204);
    depot.leapSeconds(0);

    Request ours = partner.received("handshake_acknowledge").getFirst();
    assertThat(ours.header("X-Correlation-ID")).isEqualTo(request.header("X-Request-ID"));
    assertThat(Schemas.problem(Action.HANDSHAKE_ACKNOWLEDGE, StrictJson.parse(ours.body())))
        .isEmpty();
    assertThat(Depot.body(ours))
        .isEqualTo(
            json(
                "{'required_behaviour':{'heartbeat_interval':60,'measurement_configuration':[]}}"));
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
  }

  @ParameterizedTest
  @Checklist({"H-02", "H-03"})
  @ValueSource(strings = {"{}", "{'required_behaviour':{'measurement_configuration':[]}}"})
  void whoWantsNothingGetsNoHeartbeats(String body) {
    assertThat(handshake(json(body))).isEqualTo(204);
    depot.leapSeconds(600);

    assertThat(partner.received("handshake_acknowledge")).hasSize(1);
    assertThat(partner.received("heartbeat")).isEmpty();
  }

  @ParameterizedTest
  @Checklist({"H-04", "H-05", "H-06"})
  @ValueSource(
      strings = {
        "{'required_behaviour':{}}",
        "{'required_behaviour':{'measurement_configuration':['SOMETIMES']}}",
        "{'required_behaviour':{'measurement_configuration':['CONTINUOUS','CONTINUOUS']}}",
        "{'required_behaviour':{'measurement_configuration':'CONTINUOUS'}}",
        "{'required_behaviour':{'heartbeat_interval':0,'measurement_configuration':[]}}",
        "{'required_behaviour':{'heartbeat_interval':0.5,'measurement_configuration':[]}}",
        "{'required_behaviour':{'heartbeat_interval':-5,'measurement_configuration':[]}}",
        "{'required_behaviour':{'heartbeat_interval':'60','measurement_configuration':[]}}"
      })
  void wishesThatAreNotInOrderAreRefused(String body) {
    assertThat(handshake(json(body))).isEqualTo(400);
    depot.leapSeconds(60);

    assertThat(partner.received()).isEmpty();
    assertThat(depot.stage()).isEqualTo(ConnectionStage.REGISTERED);
  }

  @ParameterizedTest
  @Checklist("H-07")
  @ValueSource(doubles = {86_400, 1, 1.5})
  void everyRateFromASecondOnIsKept(double interval) {
    assertThat(handshake(CapacityProvider.wishes(interval))).isEqualTo(204);
    depot.leap(Duration.ofMillis(Math.round(interval * 10_000)));

    assertThat(partner.received("heartbeat").size()).isBetween(11, 14);
  }

  @Test
  @Checklist("H-08")
  void wishesWithoutWrapperAreRefusedUnlessTheRulesTakeThem() {
    JsonObject bare = json("{'heartbeat_interval':30,'measurement_configuration':[]}");
    assertThat(handshake(bare)).isEqualTo(400);

    start(new JsonObject().put("accept_bare_handshake", true));
    assertThat(handshake(bare)).isEqualTo(204);
    assertThat(depot.view().heartbeatSeconds()).hasValue(30.0);
    assertThat(handshake(json("{'heartbeat_interval':0,'measurement_configuration':[]}")))
        .isEqualTo(400);
  }

  @Test
  @Checklist("H-09")
  void theNewestRateCountsAndTheOldTimerIsGone() {
    depot.handshake(10.0);
    depot.leapSeconds(60);
    depot.handshake(100.0);
    partner.forget();
    depot.leapSeconds(1_000);

    assertThat(partner.received("heartbeat").size()).isBetween(11, 15);
  }

  @Test
  @Checklist("H-10")
  void registrationComesFirst() {
    stop();
    depot = Depot.with(Depot.settings(new JsonObject()), folder);
    partner = depot.partner().shows("Token", A);

    assertThat(handshake(CapacityProvider.wishes(60.0))).isEqualTo(403);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.NEW);
  }

  @Test
  @Checklist("H-11")
  void aForecastBeforeTheFirstHandshakeIsRefusedAndNotKept() {
    JsonObject forecast =
        CapacityProvider.forecast(
            GROUP, "CONSUMPTION", CapacityProvider.block(NOW, NOW.plusSeconds(3600), 50));

    assertThat(status(partner.send(forecast))).isEqualTo(403);
    assertThat(status(partner.heartbeat(Duration.ofMinutes(3)))).isEqualTo(403);
    depot.handshake(null);
    assertThat(depot.envelopes().submitted()).isEmpty();
  }

  private String ourHandshake() {
    assertThat(partner.received("handshake")).isNotEmpty();
    return partner.received("handshake").getLast().header("X-Request-ID").orElseThrow();
  }

  private int acknowledge(Request request) {
    return status(partner.send(request));
  }

  @Test
  @Checklist("H-12")
  void anAcknowledgeHasToNameOurHandshake() {
    stop();
    start(new JsonObject().put("starts_handshake", true));
    partner.forget();
    depot.leapSeconds(61);
    String ours = ourHandshake();
    Request bare = partner.request("POST", "handshake_acknowledge", new JsonObject());

    assertThat(acknowledge(bare)).isEqualTo(400);
    assertThat(acknowledge(bare.with("X-Correlation-ID", "unknown"))).isEqualTo(400);
    assertThat(acknowledge(bare.with("X-Correlation-ID", ours))).isEqualTo(204);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    start(
        new JsonObject()
            .put("starts_handshake", true)
            .put("accept_uncorrelated_acknowledge", true));
    Request later = partner.request("POST", "handshake_acknowledge", new JsonObject());
    assertThat(acknowledge(later)).isEqualTo(204);
    Request again = partner.request("POST", "handshake_acknowledge", new JsonObject());
    assertThat(acknowledge(again)).isEqualTo(400);
  }

  @ParameterizedTest
  @Checklist("H-13")
  @ValueSource(strings = {"{}", "{'required_behaviour':{}}"})
  void anAcknowledgeThatWantsNothingIsTaken(String body) {
    start(new JsonObject().put("starts_handshake", true));
    partner.forget();
    depot.leapSeconds(61);

    assertThat(status(partner.acknowledge(ourHandshake(), json(body)))).isEqualTo(204);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    assertThat(depot.view().heartbeatSeconds()).isEmpty();
  }

  @Test
  @Checklist("H-14")
  void theLinkIsOnlineOnceTheAcknowledgeArrived() {
    partner.next("handshake_acknowledge", 500, 500, 204);

    assertThat(handshake(CapacityProvider.wishes(null))).isEqualTo(204);
    depot.leapSeconds(4);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.HANDSHAKING);
    depot.leapSeconds(20);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    List<Request> tries = partner.received("handshake_acknowledge");
    assertThat(tries).hasSize(3);
    assertThat(tries)
        .extracting(r -> r.header("X-Request-ID"))
        .containsOnly(tries.getFirst().header("X-Request-ID"));
  }

  @Test
  void handshakesThatCrossAreBothAcknowledged() {
    start(new JsonObject().put("starts_handshake", true));
    depot.leapSeconds(61);
    String ours = ourHandshake();
    partner.next("handshake_acknowledge", 500);
    assertThat(handshake(CapacityProvider.wishes(60.0))).isEqualTo(204);
    assertThat(status(partner.acknowledge(ours, CapacityProvider.wishes(60.0)))).isEqualTo(204);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    depot.leapSeconds(10);

    assertThat(partner.received("handshake_acknowledge")).hasSize(2);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
  }

  @Test
  void aPartnerThatIsHeardAgainGetsTheHandshakeThatIsOpen() {
    start(new JsonObject().put("starts_handshake", true));
    depot.leapSeconds(61);
    assertThat(status(partner.acknowledge(ourHandshake(), CapacityProvider.wishes(60.0))))
        .isEqualTo(204);
    depot.leapSeconds(195);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.OFFLINE);
    String open = ourHandshake();
    assertThat(status(partner.heartbeat(java.time.Duration.ofMinutes(3)))).isEqualTo(204);

    assertThat(ourHandshake()).isEqualTo(open);
    assertThat(status(partner.acknowledge(open, CapacityProvider.wishes(60.0)))).isEqualTo(204);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
  }
}
