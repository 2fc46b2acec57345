package io.busbar.oscp;

import static io.busbar.oscp.Depot.A;
import static io.busbar.oscp.Depot.B;
import static io.busbar.oscp.Depot.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.busbar.api.PluginContext;
import io.busbar.api.topology.ControlPointList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
import io.busbar.oscpstandin.HttpCapacityProvider;
import io.busbar.testkit.Certificate;
import io.busbar.testkit.ConnectorSite;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door itself, over HTTP. */
class DoorTest {

  @TempDir Path folder;
  private final Promise<Integer> port = Promise.promise();
  private final AtomicInteger reached = new AtomicInteger();
  private Future<Void> hold = Future.succeededFuture();
  private FakeContext context;
  private PluginHarness harness;
  private HttpCapacityProvider partner;

  private void start(JsonObject server) {
    JsonObject settings = Depot.settings(new JsonObject().put("require_https", false));
    settings.put("server", server.put("port", 0));
    Depot.connection(settings, "grid").put("allowed_hosts", new JsonArray().add("127.0.0.1"));
    context = Depot.context(settings, folder);
    new ConnectorSite(2, 6, 30).answerOn(context.bus());
    context
        .bus()
        .answer(
            TopologyAddresses.CONTROL_POINTS.at(Depot.SITE),
            asked -> new ControlPointList(List.of()));
    new FakeEnvelopes(context.bus(), context.clock(), Depot.SITE);
    harness = PluginHarness.start(new OscpPlugin(overHttp()), context);
    partner =
        get(HttpCapacityProvider.open(harness.vertx(), 0, context.clock()::instant, this::url));
    partner.partner().shows("Token", A);
  }

  /** As usual, but also without a database. */
  private Ways overHttp() {
    return new Ways() {
      @Override
      public Wire wire(Vertx vertx) {
        return new HttpWire(vertx);
      }

      @Override
      public Optional<Verticle> door(
          PluginContext busbar,
          OscpConfig.Server server,
          Function<Incoming, Future<Reply>> answers,
          Promise<Integer> listening) {
        listening.future().onSuccess(port::complete);
        return Optional.of(new Door(busbar, server, held(answers), listening));
      }
    };
  }

  /** Whoever shows a token is answered when the test says so. */
  private Function<Incoming, Future<Reply>> held(Function<Incoming, Future<Reply>> answers) {
    return request -> {
      Future<Reply> answer = answers.apply(request);
      if (request.header("Authorization").isEmpty()) {
        return answer;
      }
      reached.incrementAndGet();
      return answer.compose(reply -> hold.map(reply));
    };
  }

  private String url() {
    return "http://127.0.0.1:%d/oscp/fp/2.0".formatted(get(port.future()));
  }

  @AfterEach
  void stop() {
    partner.close();
    harness.close();
  }

  @Test
  @Checklist("R-02")
  void ourRegisterStartsAfterTheAnswerLeft() {
    start(new JsonObject());
    List<String> order = new CopyOnWriteArrayList<>();
    partner.partner().listen(request -> order.add("callback"));

    Future<Answer> answer = partner.partner().register(B);
    answer.onSuccess(done -> order.add("answer " + done.status()));
    get(answer);
    await()
        .until(
            () -> {
              context.clock().advance(Duration.ofMillis(500));
              return order.size() == 2;
            });

    assertThat(order).containsExactly("answer 204", "callback");
  }

  @Test
  @Checklist("T-12")
  void aBodyThatIsTooLargeIsRefusedAndTheConnectionGoesOn() {
    start(new JsonObject().put("max_body_bytes", 2_000));
    HttpClient client = harness.vertx().createHttpClient();
    JsonObject large = new JsonObject().put("offline_mode_at", "x".repeat(5_000));
    CapacityProvider cp = partner.partner();

    assertThat(get(cp.send(cp.request("POST", "heartbeat", large))).status()).isEqualTo(413);
    assertThat(get(cp.heartbeat(Duration.ofMinutes(3))).status()).isEqualTo(403);
    client.close();
  }

  @Test
  @Checklist("T-22")
  void whereConnectionsAreEncryptedNothingElseIsTaken() throws Exception {
    Certificate certificate = Certificate.make(folder, "fp");
    start(
        new JsonObject()
            .put("tls", true)
            .put("minimum_tls", "TLSv1.3")
            .put("certificate_file", certificate.chain().toString())
            .put("key_file", certificate.key().toString()));
    int open = get(port.future());

    assertThat(call(new HttpClientOptions(), "http", open).failed()).isTrue();
    assertThat(call(tls("TLSv1.2"), "https", open).failed()).isTrue();
    assertThat(call(tls("TLSv1.3"), "https", open).result()).isEqualTo(401);
  }

  @Test
  void partnersWhoseCertificateNobodyVouchesForAreNotCalled() throws Exception {
    Certificate certificate = Certificate.make(folder, "cp");
    start(
        new JsonObject()
            .put("tls", true)
            .put("certificate_file", certificate.chain().toString())
            .put("key_file", certificate.key().toString()));
    String url = "https://127.0.0.1:%d/oscp/fp/2.0/heartbeat".formatted(get(port.future()));
    Future<Wire.Answer> answer =
        new HttpWire(harness.vertx()).send(new Wire.Call("POST", url, Map.of(), "{}"));
    await().until(answer::isComplete);

    assertThat(answer.failed()).isTrue();
    assertThat(answer.cause()).isInstanceOf(javax.net.ssl.SSLException.class);
  }

  private static HttpClientOptions tls(String version) {
    return new HttpClientOptions()
        .setSsl(true)
        .setTrustAll(true)
        .setVerifyHost(false)
        .setEnabledSecureTransportProtocols(java.util.Set.of(version));
  }

  private Future<Integer> call(HttpClientOptions options, String scheme, int open) {
    HttpClient client = harness.vertx().createHttpClient(options);
    RequestOptions request =
        new RequestOptions()
            .setAbsoluteURI("%s://127.0.0.1:%d/oscp/fp/2.0/heartbeat".formatted(scheme, open))
            .setMethod(HttpMethod.POST);
    Future<Integer> status =
        client
            .request(request)
            .compose(sent -> sent.send(Buffer.buffer("{}")))
            .map(answer -> answer.statusCode());
    await().until(status::isComplete);
    client.close();
    return status;
  }

  @Test
  void anotherVersionOfThePathIsNotThere() {
    start(new JsonObject());
    HttpClient client = harness.vertx().createHttpClient();
    for (String path : List.of("/oscp/fp/2.1/heartbeat", "/", "/oscp/fp/2.0/heartbeat/")) {
      RequestOptions request =
          new RequestOptions()
              .setAbsoluteURI("http://127.0.0.1:" + get(port.future()) + path)
              .setMethod(HttpMethod.POST);
      int status =
          get(
              client
                  .request(request)
                  .compose(sent -> sent.send(Buffer.buffer("{}")))
                  .map(answer -> answer.statusCode()));
      assertThat(status).isEqualTo(404);
    }
    client.close();
  }

  @Test
  void whatFollowsAnAnswerFollowsAlsoWhenTheCallerHungUp() {
    Promise<Void> answered = Promise.promise();
    hold = answered.future();
    start(new JsonObject());
    HttpClient client = harness.vertx().createHttpClient();
    CapacityProvider cp = partner.partner();
    Request register = cp.request("POST", "register", cp.registration(B, "2.0"));
    RequestOptions options =
        new RequestOptions().setAbsoluteURI(url() + "/register").setMethod(HttpMethod.POST);
    register.headers().forEach(options::putHeader);
    HttpClientRequest request = get(client.request(options));
    request.end(Buffer.buffer(register.body()));
    await().until(() -> reached.get() == 1);
    get(request.connection().close());
    get(call(new HttpClientOptions(), "http", get(port.future())).map(403).otherwise(0));
    answered.complete();
    await()
        .until(
            () -> {
              context.clock().advance(Duration.ofMillis(500));
              return !cp.received("register").isEmpty();
            });

    assertThat(cp.received("register")).isNotEmpty();
    client.close();
  }
}
