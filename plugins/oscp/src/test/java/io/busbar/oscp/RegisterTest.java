package io.busbar.oscp;

import static io.busbar.oscp.Depot.A;
import static io.busbar.oscp.Depot.B;
import static io.busbar.oscp.Depot.get;
import static io.busbar.oscp.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.oscp.CommandReply;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.api.oscp.SteerConnection;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
import io.busbar.testkit.Verifies;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange of tokens, and its end. */
@Verifies("OS-02")
class RegisterTest extends RegisterFixture {

  @Test
  @Checklist("R-01")
  void aRegisterIsAnsweredByOneOfOurs() {
    Request first = register(partner.registration(B, "2.0"));

    assertThat(sent(first)).isEqualTo(204);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.REGISTERING);
    depot.leapSeconds(2);

    Request ours = partner.received("register").getFirst();
    assertThat(ours.method()).isEqualTo("POST");
    assertThat(ours.header("Authorization")).hasValue("Token " + B);
    assertThat(ours.header("X-Correlation-ID")).isEqualTo(first.header("X-Request-ID"));
    JsonObject body = Depot.body(ours);
    assertThat(body.getString("token")).hasSizeGreaterThanOrEqualTo(43);
    assertThat(body.getJsonArray("version_url"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("version", "2.0")
                        .put("base_url", "https://fp.example/oscp/fp/2.0")));
    assertThat(partner.received("register")).hasSize(1);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.REGISTERED);
  }

  @Test
  @Checklist("R-03")
  void theVersionThatBothSpeakIsChosenWithItsUrl() {
    JsonObject body = partner.registration(B, "1.0", "2.0", "2.1");

    assertThat(sent(register(body))).isEqualTo(204);
    depot.leapSeconds(2);
    assertThat(partner.received("register")).hasSize(1);
  }

  @Test
  @Checklist("R-04")
  void withoutACommonVersionNothingIsStored() {
    Answer answer = get(partner.send(register(partner.registration(B, "1.0"))));

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.body()).contains("2.0");
    depot.leapSeconds(60);
    assertThat(partner.received()).isEmpty();
    depot.register();
  }

  @ParameterizedTest
  @Checklist("R-05")
  @ValueSource(
      strings = {
        "{'token':'x','version_url':[]}",
        "{'token':'x'}",
        "{'token':'','version_url':[{'version':'2.0','base_url':'https://cp.example'}]}",
        "{'version_url':[{'version':'2.0','base_url':'https://cp.example'}]}"
      })
  void whatARegisterNeedsHasToBeThere(String body) {
    assertThat(sent(register(new JsonObject(body.replace('\'', '"'))))).isEqualTo(400);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.NEW);
  }

  @ParameterizedTest
  @Checklist("R-06")
  @ValueSource(
      strings = {
        "/oscp/cp/2.0",
        "ftp://cp.example/oscp",
        "http://cp.example/oscp",
        "https://user:pass@cp.example/oscp",
        "https://127.0.0.1/oscp",
        "https://10.1.2.3/oscp",
        "https://169.254.169.254/latest",
        "https://localhost/oscp",
        "https://[::1]/oscp",
        "https://2130706433/oscp",
        "https://cp.example/oscp?x=1",
        "https://cp example/"
      })
  void urlsThatShouldNotBeCalledAreRefused(String url) {
    JsonObject body = partner.registration(B, "2.0");
    body.getJsonArray("version_url").getJsonObject(0).put("base_url", url);

    assertThat(sent(register(body))).isEqualTo(400);
    depot.leapSeconds(60);
    assertThat(partner.received()).isEmpty();
  }

  @Test
  @Checklist("R-07")
  void aSlashAtTheEndOfTheUrlIsDropped() {
    JsonObject body = partner.registration(B, "2.0");
    JsonObject version = body.getJsonArray("version_url").getJsonObject(0);
    version.put("base_url", version.getString("base_url") + "/");

    assertThat(sent(register(body))).isEqualTo(204);
    depot.leapSeconds(2);
    assertThat(partner.received("register")).hasSize(1);
  }

  @Test
  @Checklist("R-08")
  void afterwardsTheFirstTokenIsDeadAndTheNewOneCounts() {
    depot.register();
    String c = partner.token();

    assertThat(sent(partner.shows("Token", A).request("POST", "handshake", wishes())))
        .isEqualTo(401);
    assertThat(sent(partner.shows("Token", c).request("POST", "handshake", wishes())))
        .isEqualTo(204);
  }

  @Test
  @Checklist("R-09")
  void ourRegisterIsTriedThreeTimesWithGrowingPauses() {
    partner.next("register", 500, 500, 204);
    assertThat(status(partner.register(B))).isEqualTo(204);

    depot.leapSeconds(1);
    assertThat(partner.received("register")).hasSize(1);
    depot.leapSeconds(4);
    assertThat(partner.received("register")).hasSize(1);
    depot.leapSeconds(1);
    assertThat(partner.received("register")).hasSize(2);
    depot.leapSeconds(9);
    assertThat(partner.received("register")).hasSize(2);
    depot.leapSeconds(1);
    assertThat(partner.received("register")).hasSize(3);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.REGISTERED);
    assertThat(partner.received("register"))
        .extracting(request -> request.header("X-Request-ID"))
        .containsOnly(partner.received("register").getFirst().header("X-Request-ID"));
  }

  @Test
  @Checklist("R-10")
  void aRegisterThatNeverArrivesFailsTheConnectionAndTheFirstTokenCountsAgain() {
    partner.next("register", 500, 500, 500);
    assertThat(status(partner.register(B))).isEqualTo(204);
    depot.leapSeconds(30);

    assertThat(depot.stage()).isEqualTo(ConnectionStage.FAILED);
    assertThat(depot.view().problem().orElseThrow()).contains("may come again");
    assertThat(depot.events()).endsWith("STAGE_CHANGED");
    depot.register();
  }

  @Test
  @Checklist("R-11")
  void whereWeBeginThePartnersRegisterAnswersOurs() {
    start(initiating());
    Request ours = partner.received("register").getFirst();
    assertThat(ours.header("Authorization")).hasValue("Token given-by-the-partner");
    assertThat(ours.header("X-Correlation-ID")).isEmpty();
    String c = Depot.body(ours).getString("token");

    Request reply =
        partner
            .shows("Token", c)
            .request("POST", "register", partner.registration(B, "2.0"))
            .with("X-Correlation-ID", ours.header("X-Request-ID").orElseThrow());
    assertThat(sent(reply)).isEqualTo(204);
    depot.leapSeconds(60);

    assertThat(depot.stage()).isEqualTo(ConnectionStage.REGISTERED);
    assertThat(partner.received("register")).hasSize(1);
    assertThat(sent(partner.request("POST", "handshake", wishes()))).isEqualTo(204);
    depot.leapSeconds(1);
    assertThat(partner.last("handshake_acknowledge").orElseThrow().header("Authorization"))
        .hasValue("Token " + B);
  }

  @Test
  @Checklist("R-12")
  void aReplyToARegisterThatNobodySentIsRefused() {
    Request reply = register(partner.registration(B, "2.0")).with("X-Correlation-ID", "unknown");

    assertThat(sent(reply)).isEqualTo(400);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.NEW);
    start(initiating());
    String c = partner.token();
    Request other =
        partner
            .shows("Token", c)
            .request("POST", "register", partner.registration(B, "2.0"))
            .with("X-Correlation-ID", "unknown");
    assertThat(sent(other)).isEqualTo(400);
  }

  @Test
  @Checklist("R-13")
  void ofTwoFirstRegistersExactlyOneWins() {
    Request one = register(partner.registration("token-one", "2.0"));
    Request two = register(partner.registration("token-two", "2.0"));

    List<Integer> statuses =
        IntStream.range(0, 2).parallel().mapToObj(i -> sent(i == 0 ? one : two)).sorted().toList();

    assertThat(statuses).containsExactly(204, 403);
    depot.leapSeconds(30);
    assertThat(partner.received("register")).hasSize(1);
    String shown = partner.received("register").getFirst().header("Authorization").orElseThrow();
    partner.forget();
    assertThat(status(partner.handshake(null))).isEqualTo(204);
    depot.leapSeconds(1);
    assertThat(partner.received().getFirst().header("Authorization")).hasValue(shown);
  }

  @Test
  void aPartnerThatPutsOurRegisterOffForTooLongHasFailed() {
    partner.usually(
        request -> Future.succeededFuture(new Answer(503, Map.of("retry-after", "86400"), "")));
    assertThat(sent(register(partner.registration(B, "2.0")))).isEqualTo(204);
    depot.leapSeconds(610);

    assertThat(depot.stage()).isEqualTo(ConnectionStage.FAILED);
    assertThat(depot.view().problem().orElseThrow()).contains("in time");
  }

  @Test
  void aTokenThatCountsIsKnownWhileTheKeysAreRenewed() throws InterruptedException {
    Keyring keyring = new Keyring();
    Optional<String> print = Optional.of(Tokens.fingerprint(B));
    keyring.renew("grid", Optional.empty(), print);
    Thread renewer =
        new Thread(
            () -> {
              for (int i = 0; i < 200_000; i++) {
                keyring.renew("grid", Optional.empty(), print);
              }
            });
    renewer.start();
    while (renewer.isAlive()) {
      assertThat(keyring.find(B)).isPresent();
    }
    renewer.join();

    keyring.renew("grid", print, Optional.of(Tokens.fingerprint(A)));
    assertThat(keyring.find(B).orElseThrow().credential()).isEqualTo(Caller.Credential.INITIAL);
    keyring.renew("grid", Optional.empty(), Optional.of(Tokens.fingerprint(A)));
    assertThat(keyring.find(B)).isEmpty();
  }

  @Test
  void aTokenThatNoHeaderCanCarryIsRefused() {
    for (String token : List.of("b\r\nX-More: 1", "b\n", "b c", "b\u00e4")) {
      assertThat(sent(register(partner.registration(token, "2.0")))).isEqualTo(400);
    }
    assertThat(depot.stage()).isEqualTo(ConnectionStage.NEW);
  }

  @Test
  void aTokenThatThePartnerRepeatsIsNotShown() {
    partner.usually(
        request ->
            Future.succeededFuture(
                new Answer(400, Map.of(), new JsonObject().put("message", "not " + B).encode())));
    assertThat(sent(register(partner.registration(B, "2.0")))).isEqualTo(204);
    depot.leapSeconds(60);

    assertThat(depot.exchanges().toString()).contains("not ***").doesNotContain(B);
    assertThat(depot.view().problem().orElseThrow()).contains("not ***").doesNotContain(B);
  }

  @Test
  void whatIsStoredIsReadBeforeAnythingIsDone() {
    depot.store().goAway();
    depot.restart();
    assertThat(depot.context().restarts()).hasSize(1);
    assertThat(steer(SteerConnection.Order.values()[0])).isInstanceOf(CommandReply.Refused.class);

    depot.store().comeBack();
    depot.restart();
    assertThat(depot.context().restarts()).hasSize(1);
    depot.register();
  }
}
