package io.busbar.oscp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.busbar.oscp.Caller.Credential;
import io.busbar.oscp.ConnectionConfig.Inbound;
import io.busbar.wire.StrictJson;
import io.vertx.core.Future;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/** Bearer tokens of partners: those of our own token endpoint, and those of other issuers. */
final class BearerCheck {

  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration RELOAD = Duration.ofMinutes(1);
  private static final int LONGEST = 16_384;

  private final List<ConnectionConfig> connections;
  private final Services services;
  private final Map<String, Keys> keys = new ConcurrentHashMap<>();

  private record Keys(Map<String, JsonNode> byId, Duration loaded) {}

  BearerCheck(List<ConnectionConfig> connections, Services services) {
    this.connections =
        connections.stream().filter(connection -> connection.inbound().isPresent()).toList();
    this.services = services;
  }

  /** Whom a token belongs to; empty when it does not count. */
  Future<Optional<Caller>> caller(String text) {
    Optional<WebToken> token = text.length() > LONGEST ? Optional.empty() : WebToken.read(text);
    if (token.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    for (ConnectionConfig connection : connections) {
      Inbound inbound = connection.inbound().orElseThrow();
      if (isFor(token.get(), inbound)) {
        return verified(token.get(), inbound)
            .map(
                valid ->
                    valid
                        ? Optional.of(new Caller(connection.id(), Credential.BEARER, ""))
                        : Optional.empty());
      }
    }
    return Future.succeededFuture(Optional.empty());
  }

  private boolean isOwn(Inbound inbound) {
    return inbound.keysUrl().isEmpty();
  }

  private boolean isFor(WebToken token, Inbound inbound) {
    JsonNode claims = token.claims();
    String issuer = isOwn(inbound) ? services.publicUrl().get() : inbound.issuer();
    String audience = isOwn(inbound) ? services.publicUrl().get() : inbound.audience();
    JsonNode given = claims.path("aud");
    boolean forUs =
        given.isArray()
            ? StreamSupport.stream(given.spliterator(), false)
                .anyMatch(one -> one.asText().equals(audience))
            : given.asText().equals(audience);
    return claims.path("iss").asText().equals(issuer)
        && claims.path("sub").asText().equals(inbound.subject())
        && forUs
        && isNow(claims);
  }

  private boolean isNow(JsonNode claims) {
    Instant now = services.now();
    long expires = claims.path("exp").asLong(0);
    long begins = claims.path("nbf").asLong(0);
    return now.minus(LEEWAY).getEpochSecond() < expires
        && now.plus(LEEWAY).getEpochSecond() >= begins;
  }

  private Future<Boolean> verified(WebToken token, Inbound inbound) {
    if (isOwn(inbound)) {
      return Future.succeededFuture(token.isSignedWith(services.vault().signingKey()));
    }
    if (!token.isAsymmetric()) {
      return Future.succeededFuture(false);
    }
    return key(inbound.keysUrl().orElseThrow(), token.keyId())
        .map(key -> key.filter(token::isSignedBy).isPresent())
        .otherwise(false);
  }

  /** An unknown key makes the keys be read anew, not more often than every minute. */
  private Future<Optional<JsonNode>> key(String url, String keyId) {
    Keys known = keys.get(url);
    Duration elapsed = services.context().scheduler().elapsed();
    if (known != null
        && (known.byId().containsKey(keyId)
            || elapsed.minus(known.loaded()).compareTo(RELOAD) < 0)) {
      return Future.succeededFuture(Optional.ofNullable(known.byId().get(keyId)));
    }
    return services
        .wire()
        .send(new Wire.Call("GET", url, Map.of("Accept", "application/json"), ""))
        .map(
            answer -> {
              Map<String, JsonNode> byId = new HashMap<>();
              StrictJson.parse(answer.body())
                  .path("keys")
                  .forEach(key -> byId.put(key.path("kid").asText(), key));
              keys.put(url, new Keys(byId, elapsed));
              return Optional.ofNullable(byId.get(keyId));
            });
  }

  /** The token endpoint: client credentials for partners that want a token of ours. */
  Reply grant(Incoming request) {
    if (!request.method().equals("POST")) {
      throw new Refusal(405, "method is not known here", Map.of("Allow", "POST"));
    }
    if (!request.mediaType().equals("application/x-www-form-urlencoded")) {
      throw new Refusal(415, "Content-Type: expected application/x-www-form-urlencoded");
    }
    Map<String, String> form = form(new String(request.body(), StandardCharsets.UTF_8));
    if (!"client_credentials".equals(form.get("grant_type"))) {
      return error(400, "unsupported_grant_type");
    }
    basic(request).ifPresent(form::putAll);
    String client = form.getOrDefault("client_id", "");
    String secret = form.getOrDefault("client_secret", "");
    boolean known =
        connections.stream()
            .filter(connection -> isOwn(connection.inbound().orElseThrow()))
            .filter(connection -> connection.inbound().orElseThrow().subject().equals(client))
            .map(connection -> connection.inbound().orElseThrow().clientSecret().orElse(""))
            .anyMatch(expected -> !expected.isEmpty() && Tokens.same(expected, secret));
    return known ? Reply.json(granted(client)) : error(401, "invalid_client");
  }

  private String granted(String client) {
    Instant now = services.now();
    String url = services.publicUrl().get();
    String token =
        WebToken.signed(
            JsonNodeFactory.instance
                .objectNode()
                .put("iss", url)
                .put("aud", url)
                .put("sub", client)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond()),
            services.vault().signingKey());
    return JsonNodeFactory.instance
        .objectNode()
        .put("access_token", token)
        .put("token_type", "Bearer")
        .put("expires_in", LIFE.toSeconds())
        .toString();
  }

  private static Reply error(int status, String code) {
    Map<String, String> headers =
        status == 401
            ? Map.of("Content-Type", "application/json", "WWW-Authenticate", "Basic")
            : Map.of("Content-Type", "application/json");
    String body = JsonNodeFactory.instance.objectNode().put("error", code).toString();
    return new Reply(status, headers, "", body, () -> {});
  }

  private static Optional<Map<String, String>> basic(Incoming request) {
    String header = request.header("Authorization").orElse("");
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              Map.of(
                  "client_id",
                  decoded(pair.substring(0, colon)),
                  "client_secret",
                  decoded(pair.substring(colon + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the form is not encoded in order");
    }
  }
}
