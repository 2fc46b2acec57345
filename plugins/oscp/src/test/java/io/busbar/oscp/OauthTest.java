package io.busbar.oscp;

import static io.busbar.oscp.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.oscp.ConnectionStage;
import io.busbar.testkit.Verifies;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Partners with OAuth and rules of their own. */
@Verifies("OS-07")
class OauthTest extends OauthFixture {

  @Test
  @Checklist("P-01")
  void whoeverWaitsForATokenWaitsForTheSame() {
    JsonObject settings = settings();
    JsonObject one = Depot.connection(settings, "grid").getJsonArray("groups").getJsonObject(0);
    for (int i = 0; i < 4; i++) {
      Depot.connection(settings, "grid")
          .getJsonArray("groups")
          .add(one.copy().put("group_id", "G" + i));
    }
    start(settings);
    gate = Promise.promise();
    partner.shows("Bearer", granted(depot));
    for (int i = 0; i < 100; i++) {
      assertThat(status(partner.handshake(null))).isEqualTo(204);
    }
    depot.leapSeconds(1);
    assertThat(tokenCalls).hasSize(1);
    gate.complete();
    depot.leapSeconds(1);

    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
    assertThat(tokenCalls).hasSize(1);
    assertThat(bearers("handshake_acknowledge")).containsOnly("Bearer bearer-1");
    assertThat(tokenCalls.getFirst().body()).contains("grant_type=client_credentials");
    assertThat(tokenCalls.getFirst().url()).doesNotContain("secret");
  }

  @Test
  @Checklist("P-02")
  void aTokenIsRenewedBeforeItIsOver() {
    for (int i = 0; i < 20; i++) {
      tokenAnswers.add(tokenAnswer("short-" + i, 300));
    }
    List<Instant> fetched = new ArrayList<>(List.of(depot.clock().instant()));
    List<String> late = new ArrayList<>();
    partner.listen(
        request -> {
          int current = tokenCalls.size() - 1;
          while (fetched.size() <= current) {
            fetched.add(depot.clock().instant());
          }
          String bearer = request.header("Authorization").orElseThrow();
          int used = Integer.parseInt(bearer.substring("Bearer short-".length()));
          if (!depot.clock().instant().isBefore(fetched.get(used).plusSeconds(300))) {
            late.add(bearer);
          }
        });
    online(10.0);
    for (int i = 0; i < 360; i++) {
      depot.leapSeconds(5);
      assertThat(status(partner.heartbeat(Duration.ofMinutes(3)))).isEqualTo(204);
    }

    assertThat(late).isEmpty();
    assertThat(tokenCalls.size()).isBetween(6, 8);
  }

  @Test
  @Checklist("P-03")
  void aTokenWithoutALifeIsTakenForAShortOne() {
    tokenAnswers.add(tokenAnswer("unsaid", null));
    online(10.0);
    depot.leapSeconds(320);

    assertThat(tokenCalls).hasSize(2);
  }

  @Test
  @Checklist("P-04")
  void aTokenThatIsRefusedIsRenewedOnceAndTheMessageRepeated() {
    partner.next("handshake_acknowledge", 401);
    online(null);

    assertThat(tokenCalls).hasSize(2);
    assertThat(bearers("handshake_acknowledge"))
        .containsExactly("Bearer bearer-1", "Bearer bearer-2");
    assertThat(partner.received("handshake_acknowledge"))
        .extracting(request -> request.header("X-Request-ID"))
        .containsOnly(partner.received("handshake_acknowledge").getFirst().header("X-Request-ID"));
  }

  @Test
  @Checklist("P-05")
  void aFreshTokenThatIsRefusedIsAnAlarmAndAPause() {
    partner.next("handshake_acknowledge", 401, 401, 204);
    partner.shows("Bearer", granted(depot));
    assertThat(status(partner.handshake(null))).isEqualTo(204);
    depot.leapSeconds(59);

    assertThat(partner.received("handshake_acknowledge")).hasSize(2);
    assertThat(depot.events()).contains("CREDENTIALS_REFUSED");
    depot.leapSeconds(120);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
  }

  @Test
  @Checklist("P-06")
  void whatIsForbiddenIsNotTriedWithAnotherToken() {
    online(null);
    measureQuarter();
    partner.next("update_asset_measurements", 403);
    depot.leapSeconds(900);

    assertThat(partner.received("update_asset_measurements")).hasSize(1);
    assertThat(tokenCalls).hasSize(1);
    assertThat(depot.events()).contains("MESSAGE_DROPPED");
  }

  @Test
  @Checklist("P-07")
  void aTokenEndpointThatWantsToBeLeftAloneIs() {
    tokenAnswers.add(new Wire.Answer(503, Map.of("retry-after", "30"), ""));
    partner.shows("Bearer", granted(depot));
    assertThat(status(partner.handshake(null))).isEqualTo(204);
    depot.leapSeconds(29);
    assertThat(tokenCalls).hasSize(1);
    tokenAnswers.add(new Wire.Answer(401, Map.of(), "{\"error\":\"invalid_client\"}"));
    depot.leapSeconds(31);
    assertThat(tokenCalls).hasSize(2);
    assertThat(depot.events()).contains("CREDENTIALS_REFUSED");
    depot.leapSeconds(240);
    assertThat(tokenCalls).hasSize(2);
    depot.leapSeconds(120);
    assertThat(depot.stage()).isEqualTo(ConnectionStage.ONLINE);
  }

  @Test
  @Checklist("P-08")
  void hostClocksThatDifferDoNotDisturbTokensOfOurs() {
    tokenAnswers.add(tokenAnswer("first", 300));
    online(10.0);
    depot.setClock(Duration.ofMinutes(10));
    depot.leapSeconds(60);

    assertThat(bearers("heartbeat")).isNotEmpty().containsOnly("Bearer first");
  }

  @Test
  void aTokenForLongerThanTimeIsUsedLikeAnyOther() {
    String body =
        new JsonObject().put("access_token", "for-ever").put("expires_in", Long.MAX_VALUE).encode();
    tokenAnswers.add(new Wire.Answer(200, Map.of(), body));
    online(null);

    assertThat(partner.received("handshake_acknowledge").getFirst().header("Authorization"))
        .hasValue("Bearer for-ever");
  }
}
