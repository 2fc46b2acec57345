package io.busbar.web;

import io.busbar.api.Metrics;
import io.busbar.api.PluginContext;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Routes from the contract: for every operation first who is asking and whether he may, then the
 * contract's own checks of the request, then what the operation does.
 */
final class ApiRouter {

  private static final String BEARER = "Bearer ";
  private static final String PRINCIPAL = "principal";
  private static final String ROLE = "Busbar-Role";

  private final PluginContext busbar;
  private final WebConfig config;
  private final Tokens tokens;
  private final Operations operations;
  private final RateLimit limit;
  private final Metrics.Counter denied;

  ApiRouter(PluginContext busbar, WebConfig config, Tokens tokens, Operations operations) {
    this.busbar = busbar;
    this.config = config;
    this.tokens = tokens;
    this.operations = operations;
    this.limit = new RateLimit(config.requestsPerMinute());
    this.denied = busbar.metrics().counter("http_denied", "Requests without the right to be made");
  }

  /** The principal that {@link #authorise} found. */
  static Principal principal(RoutingContext request) {
    return request.get(PRINCIPAL);
  }

  /**
   * Builds the routes.
   *
   * @throws IllegalStateException if the contract has an operation that nobody implements, or the
   *     other way round
   */
  Router build(Vertx vertx, OpenAPIContract contract) {
    Router router = Router.router(vertx);
    router.route("/api/*").handler(this::authenticate);
    contract.operations().forEach(operation -> authoriseEarly(router, operation));
    router.route("/api/*").handler(BodyHandler.create(false).setBodyLimit(config.maxBodyBytes()));
    router.post("/api/*").handler(StrictBody::check);
    RouterBuilder builder =
        RouterBuilder.create(vertx, contract, RequestExtractor.withBodyHandler());
    for (Operation operation : contract.operations()) {
      Role needed = role(operation);
      OpenAPIRoute route = builder.getRoute(operation.getOperationId());
      boolean plainText = "importSite".equals(operation.getOperationId());
      route.setDoValidation(!plainText);
      route.addHandler(request -> authorise(request, needed));
      route.addHandler(operations.of(operation.getOperationId()));
    }
    operations.checkAllRouted(contract);
    router.route("/*").subRouter(builder.createRouter());
    refuseOtherMethods(router, contract);
    return router;
  }

  /** So that nothing of a request is read, or judged, that may not be made. */
  private void authoriseEarly(Router router, Operation operation) {
    Role needed = role(operation);
    router
        .route(operation.getHttpMethod(), path(operation))
        .handler(request -> authorise(request, needed));
  }

  private static String path(Operation operation) {
    return operation.getOpenAPIPath().replaceAll("\\{(\\w+)}", ":$1");
  }

  /** What a path has no operation for is named, with what it has. */
  private static void refuseOtherMethods(Router router, OpenAPIContract contract) {
    Map<String, Set<String>> methods = new TreeMap<>();
    for (Operation operation : contract.operations()) {
      methods
          .computeIfAbsent(path(operation), none -> new TreeSet<>())
          .add(operation.getHttpMethod().name());
    }
    methods.forEach(
        (path, allowed) ->
            router
                .route(path)
                .handler(
                    request -> {
                      request.response().putHeader("Allow", String.join(", ", allowed));
                      request.fail(405);
                    }));
  }

  private static Role role(Operation operation) {
    JsonObject model = operation.getOpenAPIModel();
    return Role.valueOf(model.getString("x-busbar-role", "engineer").toUpperCase());
  }

  private void authenticate(RoutingContext request) {
    String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
    Optional<Principal> principal =
        header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? tokens.find(header.substring(BEARER.length()).strip())
            : Optional.empty();
    if (principal.isEmpty()) {
      denied.add(1);
      request.response().putHeader("WWW-Authenticate", "Bearer");
      request.fail(
          new ApiError(
              401,
              "UNAUTHENTICATED",
              header == null
                  ? "no token; send the header Authorization: Bearer TOKEN"
                  : "the token is not valid"));
      return;
    }
    request.response().putHeader(ROLE, lower(principal.get().role()));
    long wait = limit.take(principal.get().name(), busbar.clock().instant());
    if (wait > 0) {
      request.response().putHeader("Retry-After", Long.toString(wait));
      request.fail(
          new ApiError(429, "TOO_MANY_REQUESTS", "too many requests; again in " + wait + " s"));
      return;
    }
    request.put(PRINCIPAL, principal.get());
    request.next();
  }

  private void authorise(RoutingContext request, Role needed) {
    Principal principal = principal(request);
    if (principal.may(needed)) {
      request.next();
    } else {
      denied.add(1);
      request.fail(
          new ApiError(
                  403,
                  "FORBIDDEN",
                  "%s is %s; this needs %s"
                      .formatted(principal.name(), lower(principal.role()), lower(needed)))
              .with("details", new JsonArray()));
    }
  }

  private static String lower(Role role) {
    return role.name().toLowerCase();
  }
}
