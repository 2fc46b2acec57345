package io.busbar.oscp;

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
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registration is good for, and how it ends. */
@Verifies("OS-02")
class RegisteredTest extends RegisterFixture {

  @Test
  @Checklist("R-14")
  void aRegistrationIsChangedAtOnceAndNotAnswered() {
    depot.register();
    depot.handshake(null);
    partner.forget();
    JsonObject body = partner.registration("token-b-2", "2.0");
    body.getJsonArray("version_url").getJsonObject(0).put("base_url", Depot.PARTNER_URL + "/moved");

    assertThat(sent(partner.request("PUT", "register", body))).isEqualTo(204);
    depot.leapSeconds(60);
    assertThat(partner.received("register")).isEmpty();
    assertThat(status(partner.handshake(null))).isEqualTo(204);
    depot.leapSeconds(1);
    Request next = partner.received().getLast();
    assertThat(next.action()).isEqualTo("moved/handshake_acknowledge");
    assertThat(next.header("Authorization")).hasValue("Token token-b-2");
  }

  @Test
  @Checklist("R-15")
  void whoIsNotRegisteredCannotChangeARegistration() {
    JsonObject body = partner.registration(B, "2.0");

    assertThat(sent(partner.request("PUT", "register", body))).isEqualTo(403);
    assertThat(sent(partner.shows("Token", "unknown").request("PUT", "register", body)))
        .isEqualTo(401);
  }

  @ParameterizedTest
  @Checklist("R-16")
  @ValueSource(booleans = {true, false})
  void theEndOfARelationStopsEverything(boolean withBody) {
    depot.register();
    depot.handshake(10.0);
    JsonObject body = withBody ? partner.registration(B, "2.0") : null;

    assertThat(sent(partner.request("DELETE", "register", body))).isEqualTo(204);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.DEREGISTERED);
    partner.forget();
    depot.leapSeconds(7200);
    assertThat(partner.received()).isEmpty();
    assertThat(sent(partner.request("POST", "handshake", wishes()))).isEqualTo(401);
    assertThat(depot.envelopes().isOnline()).isFalse();
  }

  @Test
  @Checklist("R-17")
  void aSecondEndIsRefused() {
    depot.register();
    assertThat(sent(partner.request("DELETE", "register", null))).isEqualTo(204);

    assertThat(sent(partner.request("DELETE", "register", null))).isEqualTo(401);
  }

  @Test
  @Checklist("R-18")
  void afterTheEndItBeginsAsOnTheFirstDay() {
    depot.register();
    depot.handshake(null);
    JsonObject old = forecast("50");
    assertThat(status(partner.send(old))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(50_000);
    assertThat(sent(partner.request("DELETE", "register", null))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(FakeEnvelopes.FAIL_SAFE);

    depot.register();
    assertThat(status(partner.send(old))).isEqualTo(403);
    depot.handshake(null);
    assertThat(depot.watts()).hasValue(FakeEnvelopes.FAIL_SAFE);
    assertThat(status(partner.send(forecast("40")))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(40_000);
  }

  @Test
  void afterTheEndTheSiteGetsItsOwnLimitsBackWhenAnOperatorSaysSo() {
    depot.register();
    depot.handshake(null);
    assertThat(status(partner.send(forecast("50")))).isEqualTo(204);
    assertThat(steer(SteerConnection.Order.RELEASE)).isInstanceOf(CommandReply.Refused.class);
    assertThat(steer(SteerConnection.Order.DEREGISTER)).isInstanceOf(CommandReply.Accepted.class);
    assertThat(partner.last("register").orElseThrow().method()).isEqualTo("DELETE");
    assertThat(depot.watts()).hasValue(FakeEnvelopes.FAIL_SAFE);

    assertThat(steer(SteerConnection.Order.RELEASE)).isInstanceOf(CommandReply.Accepted.class);
    assertThat(depot.watts()).isEmpty();
  }

  @Test
  @Checklist("R-19")
  void whereThereIsNoRegistrationItIsRefused() {
    start(OauthFixture.settings());
    partner.shows("Bearer", OauthFixture.granted(depot));

    for (String method : List.of("POST", "PUT", "DELETE")) {
      Request request = partner.request(method, "register", partner.registration(B, "2.0"));
      Answer answer = get(partner.send(request));
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("message");
    }
  }

  @Test
  @Checklist("R-20")
  void whoGuessesTokensIsSlowedDown() {
    List<Integer> statuses =
        IntStream.range(0, 1_000)
            .mapToObj(
                i ->
                    sent(
                        partner
                            .shows("Token", "guess" + i)
                            .request("POST", "x", null)
                            .with("a", "b")))
            .toList();
    assertThat(statuses).containsOnly(404);

    List<Integer> guesses =
        IntStream.range(0, 1_000)
            .mapToObj(
                i -> {
                  partner.shows("Token", "guess" + i);
                  Future<Answer> answer = partner.heartbeat(java.time.Duration.ofMinutes(3));
                  return status(answer);
                })
            .toList();

    assertThat(guesses).filteredOn(status -> status == 401).hasSize(30);
    assertThat(guesses).filteredOn(status -> status == 429).hasSize(970);
    depot.leapSeconds(61);
    depot.register();
  }
}
