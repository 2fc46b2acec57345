package io.busbar.oscp;

import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.get;
import static io.busbar.oscp.Depot.status;

import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A partner with OAuth, its token endpoint and its keys. */
abstract class OauthFixture {

  static final String TOKEN_URL = "https://id.utility.example/token";
  static final String KEYS_URL = "https://id.utility.example/keys";
  static final KeyPair KEYS = keys();
  static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  @TempDir Path folder;
  final List<Wire.Call> tokenCalls = new ArrayList<>();
  final List<Wire.Answer> tokenAnswers = new ArrayList<>();
  Promise<Void> gate = Promise.promise();
  Depot depot;
  CapacityProvider partner;

  static KeyPair keys() {
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

  void start(JsonObject settings) {
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

  Future<Wire.Answer> elsewhere(Wire.Call call) {
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

  static Wire.Answer tokenAnswer(String token, Integer seconds) {
    JsonObject body = new JsonObject().put("access_token", token).put("token_type", "BEARER");
    if (seconds != null) {
      body.put("expires_in", seconds);
    }
    return new Wire.Answer(200, Map.of(), body.encode());
  }

  void online(Double heartbeat) {
    partner.shows("Bearer", granted(depot));
    depot.handshake(heartbeat);
  }

  List<String> bearers(String action) {
    return partner.received(action).stream()
        .map(request -> request.header("Authorization").orElseThrow())
        .toList();
  }

  void measureQuarter() {
    depot.measure(1, 6_000, 1_000L);
    depot.clock().advanceTo(NOW.plusSeconds(900));
    depot.measure(1, 6_000, 2_500L);
  }

  JsonObject external() {
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

  String keySet() {
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

  JsonObject claims() {
    return new JsonObject()
        .put("iss", "https://id.utility.example")
        .put("aud", new JsonArray().add("busbar"))
        .put("sub", "vector")
        .put("exp", depot.clock().instant().plusSeconds(300).getEpochSecond());
  }

  String token(String algorithm, String keyId, JsonObject claims) throws Exception {
    String header = new JsonObject().put("alg", algorithm).put("kid", keyId).encode();
    String signed = encoded(header) + "." + encoded(claims.encode());
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(KEYS.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + BASE64.encodeToString(signature.sign());
  }

  static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  int shown(String token) {
    return status(partner.shows("Bearer", token).handshake(null));
  }
}
