package io.busbar.oscp;

import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port that partners call. Reads requests, bounded, and writes answers; on an event loop. */
final class Door extends AbstractVerticle {

  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final String HEALTH = "door";
  private static final int IDLE_SECONDS = 60;

  /** So much more than allowed is read, to answer before the connection is closed. */
  private static final int PATIENCE = 16;

  private static final List<String> TLS = List.of("TLSv1.2", "TLSv1.3");

  private final PluginContext busbar;
  private final OscpConfig.Server config;
  private final Function<Incoming, Future<Reply>> answers;
  private final Promise<Integer> listening;
  private HttpServer server;
  private volatile boolean closed;

  /**
   * A door.
   *
   * @param answers gives an answer to every request; never fails
   * @param listening completed with the port once it is open
   */
  Door(
      PluginContext busbar,
      OscpConfig.Server config,
      Function<Incoming, Future<Reply>> answers,
      Promise<Integer> listening) {
    this.busbar = busbar;
    this.config = config;
    this.answers = answers;
    this.listening = listening;
  }

  @Override
  public void start() {
    listen();
  }

  private void listen() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setIdleTimeout(IDLE_SECONDS)
            .setHandle100ContinueAutomatically(true);
    if (config.tls()) {
      Set<String> versions =
          new LinkedHashSet<>(TLS.subList(TLS.indexOf(config.minimumTls()), TLS.size()));
      options
          .setSsl(true)
          .setEnabledSecureTransportProtocols(versions)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .addCertPath(file(config.certificateFile()))
                  .addKeyPath(file(config.keyFile())));
    }
    server = vertx.createHttpServer(options);
    server
        .requestHandler(this::take)
        .listen()
        .onSuccess(open -> listens())
        .onFailure(this::listenAgain);
  }

  private String file(String given) {
    return busbar.configFolder().resolve(given).toString();
  }

  private void listens() {
    LOG.info("OSCP: partners are taken at {}:{}", config.host(), server.actualPort());
    busbar.health().report(HEALTH, Health.Status.UP, "");
    listening.tryComplete(server.actualPort());
  }

  private void listenAgain(Throwable cause) {
    String message =
        "cannot listen on %s:%d: %s; tried again every %d s, see server.port"
            .formatted(config.host(), config.port(), cause.getMessage(), AGAIN.toSeconds());
    busbar.health().report(HEALTH, Health.Status.DEGRADED, message);
    if (!closed) {
      busbar.scheduler().after(AGAIN, () -> context.runOnContext(now -> listen()));
    }
  }

  private void take(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    long[] size = {0};
    request.exceptionHandler(e -> LOG.debug("a request broke off: {}", e.getMessage()));
    request.handler(
        part -> {
          size[0] += part.length();
          if (size[0] <= config.maxBodyBytes()) {
            body.appendBuffer(part);
          } else if (size[0] > (long) config.maxBodyBytes() * PATIENCE) {
            request.connection().close();
          }
        });
    request.endHandler(
        end -> {
          if (size[0] > config.maxBodyBytes()) {
            String most = "the body is larger than %d bytes".formatted(config.maxBodyBytes());
            answer(request, Reply.refused(new Refusal(413, most)));
          } else {
            answers
                .apply(incoming(request, body))
                .onSuccess(reply -> context.runOnContext(now -> answer(request, reply)));
          }
        });
  }

  private static Incoming incoming(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new HashMap<>();
    for (String name : request.headers().names()) {
      headers.put(name, String.join(",", request.headers().getAll(name)));
    }
    return new Incoming(
        request.remoteAddress().hostAddress(),
        request.method().name(),
        request.path(),
        headers,
        body.getBytes());
  }

  /**
   * Ids are repeated for whoever looks for them; nobody may rely on it. What follows the answer
   * follows also when the caller is gone: its message counts, and is not taken a second time.
   */
  private static void answer(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      reply.sent().run();
      return;
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    for (String name : List.of("X-Request-ID", "X-Correlation-ID")) {
      String id = request.getHeader(name);
      if (id != null && Gate.isId(id)) {
        response.putHeader(name, id);
      }
    }
    Future<Void> sent = reply.status() == 204 ? response.end() : response.end(reply.content());
    sent.onComplete(done -> reply.sent().run(), fault -> reply.sent().run());
  }

  @Override
  public void stop() {
    closed = true;
    if (server != null) {
      server.close();
    }
  }
}
