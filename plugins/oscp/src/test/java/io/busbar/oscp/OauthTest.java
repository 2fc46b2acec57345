package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.get;
import static io.busbar.oscp.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.oscp.CommandReply;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.api.oscp.OscpAddresses;
import io.busbar.api.oscp.SetSecret;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
import io.busbar.testkit.Verifies;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partners with OAuth and rules of their own. */
@Verifies("OS-07")
class OauthTest {

  private static final String TOKEN_URL = "https://id.utility.example/token";
  private static final String KEYS_URL = "https://id.utility.example/keys";
  private static final KeyPair KEYS = keys();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  @TempDir Path folder;
  private final List<Wire.Call> tokenCalls = new ArrayList<>();
  private final List<Wire.Answer> tokenAnswers = new ArrayList<>();
  private Promise<Void> gate = Promise.promise();
  private Depot depot;
  private CapacityProvider partner;

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Settings of a partner with the profile of Vector, and a token endpoint of ours for it. */
  static JsonObject settings() {
    JsonObject settings =
        Depot.settings(new JsonObject().put("starts_handshake", false).put("heartbeat_seconds", 0));
    Depot.connection(settings, "grid")
        .put("profile", "vector")
        .put("partner_url", Depot.PARTNER_URL)
        .put(
            "headers",
            new JsonObject()
                .put("fp-id", "fp-7")
                .put("apikey", "key-secret")
                .put("x-request-id", ""))
        .put(
            "inbound_oauth",
            new JsonObject().put("subject", "vector").put("client_secret", "inbound-secret"))
        .put(
            "outbound_oauth",
            new JsonObject()
                .put("token_url", TOKEN_URL)
                .put("client_id", "busbar")
                .put("client_secret", "outbound-secret"))
        .remove("initial_token");
    return settings;
  }

  /** Asks our token endpoint. */
  static Answer grant(Depot depot, String client, String secret) {
    String form = "grant_type=client_credentials&client_id=%s&client_secret=%s";
    return get(
        depot.call(
            new Request(
                "POST",
                "token",
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form.formatted(client, secret))));
  }

  static String granted(Depot depot) {
    return new JsonObject(grant(depot, "vector", "inbound-secret").body())
        .getString("access_token");
  }

  @BeforeEach
  void start() {
    gate.complete();
    start(settings());
  }

  private void start(JsonObject settings) {
    stop();
    depot = new Depot(Depot.context(settings, folder), this::elsewhere);
    partner = depot.partner();
  }

  @AfterEach
  void stop() {
    if (depot != null) {
      depot.close();
    }
  }

  private Future<Wire.Answer> elsewhere(Wire.Call call) {
    if (call.url().equals(KEYS_URL)) {
      return Future.succeededFuture(new Wire.Answer(200, Map.of(), keySet()));
    }
    tokenCalls.add(call);
    Wire.Answer answer =
        tokenAnswers.isEmpty()
            ? tokenAnswer("bearer-" + tokenCalls.size(), 3_600)
            : tokenAnswers.removeFirst();
    return gate.future().map(answer);
  }

  private static Wire.Answer tokenAnswer(String token, Integer seconds) {
    JsonObject body = new JsonObject().put("access_token", token).put("token_type", "BEARER");
    if (seconds != null) {
      body.put("expires_in", seconds);
    }
    return new Wire.Answer(200, Map.of(), body.encode());
  }

  private void online(Double heartbeat) {
    partner.shows("Bearer", granted(depot));
    depot.handshake(heartbeat);
  }

  private List<String> bearers(String action) {
    return partner.received(action).stream()
        .map(request -> request.header("Authorization").orElseThrow())
        .toList();
  }

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

  private void measureQuarter() {
    depot.measure(1, 6_000, 1_000L);
    depot.clock().advanceTo(NOW.plusSeconds(900));
    depot.measure(1, 6_000, 2_500L);
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

  private JsonObject external() {
    JsonObject settings = settings();
    Depot.connection(settings, "grid")
        .put(
            "inbound_oauth",
            new JsonObject()
                .put("issuer", "https://id.utility.example")
                .put("audience", "busbar")
                .put("subject", "vector")
                .put("keys_url", KEYS_URL));
    return settings;
  }

  private String keySet() {
    RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
    return new JsonObject()
        .put(
            "keys",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("kid", "k1")
                        .put("kty", "RSA")
                        .put("n", BASE64.encodeToString(key.getModulus().toByteArray()))
                        .put("e", BASE64.encodeToString(key.getPublicExponent().toByteArray()))))
        .encode();
  }

  private JsonObject claims() {
    return new JsonObject()
        .put("iss", "https://id.utility.example")
        .put("aud", new JsonArray().add("busbar"))
        .put("sub", "vector")
        .put("exp", depot.clock().instant().plusSeconds(300).getEpochSecond());
  }

  private String token(String algorithm, String keyId, JsonObject claims) throws Exception {
    String header = new JsonObject().put("alg", algorithm).put("kid", keyId).encode();
    String signed = encoded(header) + "." + encoded(claims.encode());
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(KEYS.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + BASE64.encodeToString(signature.sign());
  }

  private static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private int shown(String token) {
    return status(partner.shows("Bearer", token).handshake(null));
  }

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
  @Checklist("P-08")
  void hostClocksThatDifferDoNotDisturbTokensOfOurs() {
    tokenAnswers.add(tokenAnswer("first", 300));
    online(10.0);
    depot.setClock(Duration.ofMinutes(10));
    depot.leapSeconds(60);

    assertThat(bearers("heartbeat")).isNotEmpty().containsOnly("Bearer first");
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
