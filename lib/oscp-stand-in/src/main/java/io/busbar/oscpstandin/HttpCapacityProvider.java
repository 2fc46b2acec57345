package io.busbar.oscpstandin;

import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A {@link CapacityProvider} on a port of its own, on 127.0.0.1. */
public final class HttpCapacityProvider implements AutoCloseable {

  private final HttpClient client;
  private final HttpServer server;
  private final CapacityProvider partner;

  /**
   * Opens a port that is free.
   *
   * @param flexibilityProvider base URL of the flexibility provider
   */
  public HttpCapacityProvider(
      Vertx vertx, Supplier<Instant> clock, Supplier<String> flexibilityProvider) {
    this(vertx, 0, clock, flexibilityProvider);
  }

  /** The same at a given port. */
  public HttpCapacityProvider(
      Vertx vertx, int port, Supplier<Instant> clock, Supplier<String> flexibilityProvider) {
    this.client = vertx.createHttpClient();
    this.server = vertx.createHttpServer().requestHandler(this::take);
    try {
      server
          .listen(port, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the stand-in cannot listen on port " + port, e);
    }
    this.partner =
        new CapacityProvider(
            "http://127.0.0.1:%d/oscp/cp/2.0".formatted(server.actualPort()),
            clock,
            request -> send(flexibilityProvider.get(), request));
  }

  public CapacityProvider partner() {
    return partner;
  }

  public int port() {
    return server.actualPort();
  }

  private void take(HttpServerRequest request) {
    String action = request.path().substring(request.path().lastIndexOf('/') + 1);
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach(headers::put);
    request
        .body()
        .compose(
            body ->
                partner.take(
                    new Request(request.method().name(), action, headers, body.toString())))
        .onComplete(
            answer -> {
              request.response().setStatusCode(answer.status());
              answer.headers().forEach(request.response()::putHeader);
              if (answer.body().isEmpty()) {
                request.response().end();
              } else {
                request.response().end(answer.body());
              }
            },
            fault -> request.connection().close());
  }

  private Future<Answer> send(String baseUrl, Request request) {
    RequestOptions options =
        new RequestOptions()
            .setAbsoluteURI(baseUrl + "/" + request.action())
            .setMethod(HttpMethod.valueOf(request.method()));
    request.headers().forEach(options::putHeader);
    return client
        .request(options)
        .compose(open -> open.send(Buffer.buffer(request.body())))
        .compose(
            response -> {
              Map<String, String> headers = new HashMap<>();
              response.headers().forEach(headers::put);
              return response
                  .body()
                  .map(body -> new Answer(response.statusCode(), headers, body.toString()));
            });
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
