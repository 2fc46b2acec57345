package io.busbar.oscp;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.oscp.ConnectionConfig.Outbound;
import io.busbar.wire.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bearer tokens for one partner, by the client credentials grant: one request at a time for all who
 * wait, renewed ahead of expiry, measured by a clock that nobody sets.
 */
final class BearerSource {

  private static final Logger LOG = LoggerFactory.getLogger(BearerSource.class);
  private static final Duration LIFE_UNSAID = Duration.ofMinutes(5);
  private static final long LONGEST_SECONDS = 86_400;
  private static final Duration SLOW = Duration.ofMinutes(5);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

  private final Link link;
  private final Outbound config;
  private Optional<Bearer> current = Optional.empty();
  private Optional<Promise<String>> flight = Optional.empty();
  private Duration notBefore = Duration.ZERO;
  private Duration wait = FIRST_WAIT;
  private int generation;

  private record Bearer(String token, Duration expires, Duration life) {

    boolean isOver(Duration elapsed) {
      return elapsed.compareTo(expires) >= 0;
    }

    /** The last tenth of its life, at least 30 seconds and at most a minute. */
    boolean isOld(Duration elapsed) {
      long margin = Math.max(30, Math.min(60, life.toSeconds() / 10));
      return elapsed.compareTo(expires.minusSeconds(margin)) >= 0;
    }
  }

  BearerSource(Link link, Outbound config) {
    this.link = link;
    this.config = config;
  }

  /** A token that is not over; fails while the token endpoint gives none. */
  synchronized Future<String> token() {
    Duration elapsed = elapsed();
    Optional<Bearer> usable = current.filter(bearer -> !bearer.isOver(elapsed));
    if (usable.isEmpty()) {
      return fetch();
    }
    if (usable.get().isOld(elapsed) && flight.isEmpty()) {
      fetch().onFailure(e -> LOG.debug("{}: renewed later: {}", link.id(), e.getMessage()));
    }
    return Future.succeededFuture(usable.get().token());
  }

  /** Another token than the one that was refused. */
  synchronized Future<String> renewed(String refused) {
    current = current.filter(bearer -> !bearer.token().equals(refused));
    return token();
  }

  /** The partner refuses fresh tokens, too. */
  synchronized void refused() {
    current = Optional.empty();
    notBefore = elapsed().plus(Duration.ofMinutes(1));
    tell("the partner refuses a fresh bearer token; tried again in a minute");
  }

  synchronized void forget() {
    current = Optional.empty();
    flight = Optional.empty();
    notBefore = Duration.ZERO;
    generation++;
  }

  private Duration elapsed() {
    return link.services().context().scheduler().elapsed();
  }

  private Future<String> fetch() {
    if (flight.isPresent()) {
      return flight.get().future();
    }
    Duration asked = elapsed();
    if (asked.compareTo(notBefore) < 0) {
      return Future.failedFuture("the token endpoint is not asked before some time has passed");
    }
    Promise<String> promise = Promise.promise();
    flight = Optional.of(promise);
    int of = generation;
    link.services()
        .wire()
        .send(new Wire.Call("POST", config.tokenUrl(), headers(), form()))
        .onComplete(
            answer -> answered(promise, of, asked, answer),
            fault -> failed(promise, of, "no answer: " + fault.getMessage(), Optional.empty()));
    return promise.future();
  }

  private void answered(Promise<String> promise, int of, Duration asked, Wire.Answer answer) {
    Optional<Bearer> bearer =
        answer.status() == 200 ? read(answer.body(), asked) : Optional.empty();
    if (bearer.isEmpty()) {
      Verdict verdict = Verdict.of(answer, false);
      boolean ours = answer.status() == 400 || answer.status() == 401;
      Optional<Duration> again = ours ? Optional.of(SLOW) : verdict.retryAfter();
      if (ours) {
        tell("the token endpoint refuses this client: see client_id and client_secret");
      }
      failed(promise, of, "the token endpoint answered " + answer.status(), again);
      return;
    }
    synchronized (this) {
      if (of == generation) {
        current = bearer;
        flight = Optional.empty();
        notBefore = Duration.ZERO;
        wait = FIRST_WAIT;
      }
    }
    promise.complete(bearer.get().token());
  }

  private void failed(Promise<String> promise, int of, String why, Optional<Duration> again) {
    synchronized (this) {
      if (of == generation) {
        flight = Optional.empty();
        notBefore = elapsed().plus(again.orElse(wait));
        wait = wait.multipliedBy(2).compareTo(SLOW) < 0 ? wait.multipliedBy(2) : SLOW;
      }
    }
    promise.fail(why);
  }

  private static Optional<Bearer> read(String body, Duration asked) {
    try {
      JsonNode json = StrictJson.parse(body);
      String token = json.path("access_token").asText("");
      boolean bearer = json.path("token_type").asText("bearer").equalsIgnoreCase("bearer");
      long seconds = json.path("expires_in").asLong(LIFE_UNSAID.toSeconds());
      Duration life = Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_SECONDS));
      return token.isEmpty() || !bearer
          ? Optional.empty()
          : Optional.of(new Bearer(token, asked.plus(life), life));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("Accept", "application/json");
    if (config.basic()) {
      String pair = encoded(config.clientId()) + ":" + encoded(secret());
      headers.put(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    if (config.headersOnTokenCalls()) {
      headers.putAll(link.config().headers());
    }
    return headers;
  }

  private String form() {
    StringBuilder form = new StringBuilder("grant_type=client_credentials");
    config.scope().ifPresent(scope -> form.append("&scope=").append(encoded(scope)));
    config.audience().ifPresent(to -> form.append("&audience=").append(encoded(to)));
    if (!config.basic()) {
      form.append("&client_id=").append(encoded(config.clientId()));
      form.append("&client_secret=").append(encoded(secret()));
    }
    return form.toString();
  }

  private String secret() {
    return link.services()
        .vault()
        .secret(link.id(), Vault.CLIENT_SECRET, Optional.of(config.clientSecret()))
        .orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void tell(String message) {
    link.lane().post(() -> link.tell("CREDENTIALS_REFUSED", message));
  }
}
