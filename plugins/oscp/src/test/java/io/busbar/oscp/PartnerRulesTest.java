package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.get;
import static io.busbar.oscp.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.oscp.CommandReply;
import io.busbar.api.oscp.OscpAddresses;
import io.busbar.api.oscp.SetSecret;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What partners with OAuth show, and rules of their own. */
@Verifies("OS-07")
class PartnerRulesTest extends OauthFixture {

  @Test
  @Checklist({"P-08", "P-11"})
  void onlyTokensOfTheIssuerForUsAndInTimeCount() throws Exception {
    start(external());
    assertThat(shown(token("RS256", "k1", claims()))).isEqualTo(204);
    long now = depot.clock().instant().getEpochSecond();
    assertThat(shown(token("RS256", "k1", claims().put("exp", now - 30)))).isEqualTo(204);

    assertThat(shown(token("RS256", "k1", claims().put("exp", now - 600)))).isEqualTo(401);
    assertThat(shown(token("RS256", "k1", claims().put("nbf", now + 600)))).isEqualTo(401);
    assertThat(shown(token("RS256", "k1", claims().put("iss", "https://evil")))).isEqualTo(401);
    assertThat(shown(token("RS256", "k1", claims().put("aud", "other")))).isEqualTo(401);
    assertThat(shown(token("RS256", "k2", claims()))).isEqualTo(401);
    assertThat(shown(token("none", "k1", claims()))).isEqualTo(401);
    assertThat(shown(token("HS256", "k1", claims()))).isEqualTo(401);
    String forged = token("RS256", "k1", claims());
    assertThat(shown(forged.substring(0, forged.length() - 6) + "AAAAAA")).isEqualTo(401);
    assertThat(shown("a.b")).isEqualTo(401);
    Answer answer = get(partner.shows("Bearer", "a.b.c").handshake(null));
    assertThat(answer.headers().get("WWW-Authenticate")).contains("invalid_token");
  }

  @Test
  @Checklist("P-09")
  void headersOfThePartnerAreThereOnce() {
    online(10.0);
    depot.leapSeconds(60);

    assertThat(partner.received()).hasSizeGreaterThan(5);
    assertThat(partner.received())
        .allSatisfy(
            request -> {
              assertThat(request.header("fp-id")).hasValue("fp-7");
              assertThat(request.header("apikey")).hasValue("key-secret");
              assertThat(request.header("x-request-id").orElseThrow()).isNotBlank();
            });
    assertThat(partner.received())
        .extracting(request -> request.header("X-Request-ID"))
        .doesNotHaveDuplicates();
    assertThat(tokenCalls.getFirst().headers()).containsEntry("fp-id", "fp-7");
  }

  @Test
  @Checklist("P-10")
  void headersThatWouldBreakMessagesAreRefused() {
    for (List<String> header :
        List.of(
            List.of("Authorization", "x"),
            List.of("host", "x"),
            List.of("X-Segment-Count", "x"),
            List.of("fp-id", "a\r\nb"),
            List.of("fp id", "x"))) {
      JsonObject settings = settings();
      Depot.connection(settings, "grid")
          .put("headers", new JsonObject().put(header.get(0), header.get(1)));
      assertThatThrownBy(() -> OscpConfig.from(Depot.complete(settings)))
          .hasMessageContaining("connections.grid.headers");
    }
  }

  @Test
  @Checklist("P-12")
  void aTokenOfOnePartnerIsOfNoUseForTheGroupOfAnother() {
    JsonObject settings = settings();
    JsonObject other = Depot.connection(settings, "grid").copy();
    other.getJsonArray("groups").getJsonObject(0).put("group_id", "OTHER");
    other.put(
        "inbound_oauth", new JsonObject().put("subject", "second").put("client_secret", "s2"));
    settings.getJsonObject("connections").put("other", other);
    start(settings);
    online(null);
    JsonObject foreign =
        CapacityProvider.forecast(
            "OTHER", "CONSUMPTION", CapacityProvider.block(NOW, NOW.plusSeconds(3_600), 1));

    assertThat(status(partner.send(foreign))).isEqualTo(404);
    assertThat(status(partner.send(foreign.put("group_id", GROUP)))).isEqualTo(204);
  }

  @Test
  @Checklist("P-13")
  void aSecretThatIsReplacedCountsForTheNextToken() {
    online(null);
    CommandReply reply =
        get(
            depot
                .context()
                .bus()
                .ask(
                    OscpAddresses.SET_SECRET,
                    new SetSecret("grid", "client_secret", "rotated", "dana", "c1")));
    assertThat(reply).isInstanceOf(CommandReply.Accepted.class);
    assertThat(status(partner.handshake(null))).isEqualTo(204);
    depot.leapSeconds(1);

    String basic = tokenCalls.getLast().headers().get("Authorization").substring(6);
    assertThat(new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8))
        .isEqualTo("busbar:rotated");
    assertThat(tokenCalls).hasSize(2);
  }

  @Test
  @Checklist("P-14")
  void secretsAreNeverShown() {
    online(10.0);
    depot.leapSeconds(60);
    String inbound = granted(depot);
    String shown =
        depot.view()
            + depot.exchanges().toString()
            + depot.context().bus().told(OscpAddresses.EVENT)
            + depot.context().health().reports()
            + new SetSecret("grid", "client_secret", "rotated-secret", "dana", "c1")
            + OscpConfig.from(Depot.complete(settings())).connections();

    assertThat(shown)
        .doesNotContain(inbound)
        .doesNotContain("bearer-1")
        .doesNotContain("outbound-secret")
        .doesNotContain("inbound-secret")
        .doesNotContain("rotated-secret")
        .doesNotContain("key-secret");
    stop();
    depot = Depot.online(folder);
    assertThat(depot.exchanges().toString())
        .doesNotContain(Depot.B)
        .doesNotContain(depot.partner().token())
        .contains("***");
  }

  @Test
  @Checklist("P-15")
  void aReplacedPathIsUsedForItsActionOnly() {
    JsonObject settings = settings();
    Depot.connection(settings, "grid")
        .put("paths", new JsonObject().put("heartbeat", "/alive/beat"));
    start(settings);
    online(10.0);
    depot.leapSeconds(20);

    assertThat(partner.received("alive/beat")).isNotEmpty();
    assertThat(partner.received("heartbeat")).isEmpty();
    assertThat(partner.received("handshake_acknowledge")).hasSize(1);
  }

  @Test
  @Verifies("OS-07")
  void ourTokenEndpointKnowsItsClients() {
    assertThat(grant(depot, "vector", "inbound-secret").status()).isEqualTo(200);
    assertThat(grant(depot, "vector", "wrong").status()).isEqualTo(401);
    assertThat(grant(depot, "nobody", "inbound-secret").status()).isEqualTo(401);
  }
}
