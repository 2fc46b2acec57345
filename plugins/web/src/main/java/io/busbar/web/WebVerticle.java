package io.busbar.web;

import io.busbar.api.PluginContext;
import io.busbar.api.kernel.HealthQuery;
import io.busbar.api.kernel.HealthReport;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.MetricsQuery;
import io.busbar.wire.RecordJson;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the port; routes come from {@code openapi.yaml}, what they do from {@link Operations}. */
final class WebVerticle extends AbstractVerticle {

  private static final Logger LOG = LoggerFactory.getLogger(WebVerticle.class);

  private final PluginContext busbar;
  private final WebConfig config;
  private HttpServer server;

  WebVerticle(PluginContext busbar) {
    this.busbar = busbar;
    this.config = WebConfig.from(busbar.config());
  }

  @Override
  public void start() {
    Path data = busbar.dataFolder().toAbsolutePath().getParent().getParent();
    Tokens tokens = Tokens.open(data);
    Assets assets = new Assets();
    Router router = Router.router(vertx);
    router.route().handler(assets::harden);
    router.get("/health").handler(this::health);
    router.get("/health/ready").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
    assets.mount(router);
    EventStreams streams = new EventStreams(busbar, vertx.getOrCreateContext(), config);
    ApiRouter api = new ApiRouter(busbar, config, tokens, new Operations(busbar, streams));
    router.route("/*").subRouter(api.build(vertx, ContractFile.load(vertx)));
    router.route().handler(request -> request.fail(404));
    router.route().failureHandler(Failures::answer);
    server = listen(router);
    String host = config.host().equals("0.0.0.0") ? "127.0.0.1" : config.host();
    LOG.info("Console: http://{}:{}/#token={}", host, server.actualPort(), tokens.adminToken());
  }

  private HttpServer listen(Router router) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setCompressionSupported(true);
    Future<HttpServer> listening = vertx.createHttpServer(options).requestHandler(router).listen();
    try {
      return listening.await();
    } catch (Exception e) {
      String where = config.host() + ":" + config.port();
      throw e instanceof BindException || String.valueOf(e.getMessage()).contains("in use")
          ? new IllegalStateException(
              where + " is in use by another program; choose another port with --port", e)
          : new IllegalStateException("cannot listen on " + where + ": " + e.getMessage(), e);
    }
  }

  private void health(RoutingContext request) {
    busbar
        .bus()
        .ask(KernelAddresses.HEALTH, new HealthQuery())
        .onSuccess(report -> json(request, 200, report))
        .onFailure(request::fail);
  }

  private void ready(RoutingContext request) {
    busbar
        .bus()
        .ask(KernelAddresses.HEALTH, new HealthQuery())
        .onSuccess((HealthReport report) -> json(request, report.ready() ? 200 : 503, report))
        .onFailure(request::fail);
  }

  private static void json(RoutingContext request, int status, HealthReport report) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(RecordJson.encode(report));
  }

  private void metrics(RoutingContext request) {
    busbar
        .bus()
        .ask(KernelAddresses.METRICS, new MetricsQuery())
        .onSuccess(
            metrics ->
                request
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(metrics.text()))
        .onFailure((Throwable fault) -> request.fail(fault));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
