package io.busbar.oscp;

import io.busbar.api.oscp.ConnectionReply.Exchange;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages to the partner of one connection and says what became of them. */
final class Partner {

  private static final Logger LOG = LoggerFactory.getLogger(Partner.class);

  private final Link link;
  private final Optional<BearerSource> bearer;

  Partner(Link link) {
    this.link = link;
    this.bearer =
        link.profile().auth() == Profile.Auth.OAUTH
            ? link.config().outbound().map(outbound -> new BearerSource(link, outbound))
            : Optional.empty();
  }

  /** A secret was replaced: what was made with the old one is of no use. */
  void forgetToken() {
    bearer.ifPresent(BearerSource::forget);
  }

  /**
   * Sends a message; the verdict comes in the connection's lane.
   *
   * @param requestId its id, the same each time it is sent
   */
  void send(
      Action action,
      String method,
      String requestId,
      Optional<String> correlationId,
      String body,
      Consumer<Verdict> then) {
    Request request = new Request(action, method, requestId, correlationId, body);
    Future<Verdict> sent =
        bearer.isPresent() ? withBearer(request, bearer.get()) : attempt(request, token());
    sent.otherwise(Verdict::noAnswer)
        .onSuccess(verdict -> link.lane().post(() -> judged(request, verdict, then)));
  }

  private record Request(
      Action action,
      String method,
      String requestId,
      Optional<String> correlationId,
      String body) {}

  private void judged(Request request, Verdict verdict, Consumer<Verdict> then) {
    if (verdict.status() / 100 == 2 && verdict.status() != 204) {
      LOG.warn(
          "{}: {} was answered with {} instead of 204",
          link.id(),
          request.action().path(),
          verdict.status());
      link.tell(
          "DEVIATION",
          "%s was answered with %d instead of 204"
              .formatted(request.action().path(), verdict.status()));
    }
    record(request, verdict);
    then.accept(verdict);
  }

  /** A token that is refused is renewed once, and the same message sent once more. */
  private Future<Verdict> withBearer(Request request, BearerSource source) {
    return source
        .token()
        .compose(
            token ->
                attempt(request, "Bearer " + token)
                    .compose(
                        verdict ->
                            verdict.status() == 401
                                ? source
                                    .renewed(token)
                                    .compose(fresh -> attempt(request, "Bearer " + fresh))
                                    .map(second -> refusedTwice(source, second))
                                : Future.succeededFuture(verdict)));
  }

  private Verdict refusedTwice(BearerSource source, Verdict second) {
    if (second.status() == 401) {
      source.refused();
    }
    return second;
  }

  private String token() {
    return "Token "
        + link.state().credentials().outboundToken().map(link.services().vault()::open).orElse("");
  }

  private Future<Verdict> attempt(Request request, String authorization) {
    Optional<String> base = link.state().credentials().baseUrl();
    if (base.isEmpty()) {
      return Future.failedFuture("no base URL of the partner is known");
    }
    String path =
        link.config().paths().getOrDefault(request.action(), "/" + request.action().path());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", authorization);
    headers.put("X-Request-ID", request.requestId());
    request.correlationId().ifPresent(id -> headers.put("X-Correlation-ID", id));
    if (!request.body().isEmpty()) {
      headers.put("Content-Type", "application/json");
    }
    headers.putAll(staticHeaders());
    return link.services()
        .wire()
        .send(new Wire.Call(request.method(), base.get() + path, headers, request.body()))
        .map(answer -> Verdict.of(answer, link.profile().leniency().anySuccess()))
        .otherwise(Verdict::noAnswer)
        .map(verdict -> verdict.without(authorization.substring(authorization.indexOf(' ') + 1)));
  }

  Map<String, String> staticHeaders() {
    Map<String, String> headers = new LinkedHashMap<>();
    link.config()
        .headers()
        .forEach(
            (name, value) ->
                headers.put(
                    name,
                    link.services()
                        .vault()
                        .secret(link.id(), Vault.HEADER + name, Optional.of(value))
                        .orElseThrow()));
    return headers;
  }

  private void record(Request request, Verdict verdict) {
    link.journal()
        .add(
            new Exchange(
                link.now(),
                false,
                request.method(),
                request.action().path(),
                Optional.of(request.requestId()),
                request.correlationId(),
                verdict.status(),
                verdict.message(),
                Masks.body(request.body())));
  }
}
