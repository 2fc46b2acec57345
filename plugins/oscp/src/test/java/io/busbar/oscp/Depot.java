package io.busbar.oscp;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.PluginContext;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.oscp.ConnectionEvent;
import io.busbar.api.oscp.ConnectionReply;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.api.oscp.ConnectionState;
import io.busbar.api.oscp.GetConnection;
import io.busbar.api.oscp.ListConnections;
import io.busbar.api.oscp.OscpAddresses;
import io.busbar.api.topology.ControlPointList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentSchema;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange;
import io.busbar.testkit.ConnectorSite;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.RecordingBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The plugin at a site with two connectors, and a partner beside it, in memory: whatever is sent
 * arrives at once, so that tests only let time pass.
 */
final class Depot implements AutoCloseable {

  static final Instant NOW = LeapClock.START;
  static final UUID SITE = ConnectorSite.MICROGRID;
  static final UUID GRID = new ConnectorSite(2, 6, 30).snapshot().nodes().getFirst().nodeId();
  static final UUID SOURCE = new UUID(0, 10);
  static final String GROUP = "DEPOT0042";
  static final String A = "token-a-of-the-settings";
  static final String B = "token-b-of-the-partner";
  static final String PARTNER_URL = "https://cp.utility.example/oscp/cp/2.0";

  private final FakeContext context;
  private final FakeEnvelopes envelopes;
  private final CapacityProvider partner;
  private final Function<Wire.Call, Future<Wire.Answer>> elsewhere;
  private PluginHarness harness;
  private SkewedContext plugin;
  private final ShakyStore store;
  private Function<Incoming, Future<Reply>> door;

  Depot(FakeContext context, Function<Wire.Call, Future<Wire.Answer>> elsewhere) {
    this.context = context;
    this.elsewhere = elsewhere;
    ConnectorSite site = new ConnectorSite(2, 6, 30);
    site.answerOn(context.bus());
    context
        .bus()
        .answer(
            TopologyAddresses.CONTROL_POINTS.at(SITE), asked -> new ControlPointList(List.of()));
    this.envelopes = new FakeEnvelopes(context.bus(), context.clock(), SITE);
    this.partner = newPartner();
    this.store = new ShakyStore(new MemoryStore(context.bus()));
    start();
  }

  /** Settings with one connection {@code grid} of one group, whose rules are changed so. */
  static JsonObject settings(JsonObject rules) {
    JsonObject group =
        new JsonObject()
            .put("group_id", GROUP)
            .put("microgrid_id", SITE.toString())
            .put("node_id", GRID.toString())
            .put("control_point_id", SOURCE.toString());
    JsonObject connection =
        new JsonObject()
            .put("name", "Grid operator")
            .put("initial_token", A)
            .put("rules", rules)
            .put("groups", new JsonArray().add(group));
    return new JsonObject()
        .put("server", new JsonObject().put("public_url", "https://fp.example/oscp/fp/2.0"))
        .put("connections", new JsonObject().put("grid", connection));
  }

  static JsonObject connection(JsonObject settings, String id) {
    return settings.getJsonObject("connections").getJsonObject(id);
  }

  /** Settings as the kernel gives them: checked, with defaults. */
  static JsonObject complete(JsonObject settings) {
    DocumentSchema schema = DocumentSchema.load(Depot.class.getResource("/config.schema.json"));
    Document document = Document.parse("oscp.yaml", settings.encode());
    if (!schema.check(document).isEmpty()) {
      throw new AssertionError(schema.check(document));
    }
    return new JsonObject(schema.withDefaults(document.root()).toString());
  }

  static FakeContext context(JsonObject settings, Path folder) {
    return FakeContext.of("oscp", complete(settings), folder);
  }

  /** The same on another day. */
  static FakeContext context(JsonObject settings, Path folder, Instant start) {
    FakeContext usual = context(settings, folder);
    LeapClock clock = new LeapClock(start);
    return new FakeContext(
        usual.pluginId(),
        usual.config(),
        clock,
        new RecordingBus(clock),
        usual.database(),
        usual.metrics(),
        usual.health(),
        usual.dataFolder(),
        usual.provided(),
        usual.restarts());
  }

  static Depot with(JsonObject settings, Path folder) {
    return new Depot(context(settings, folder), call -> Future.failedFuture("nobody is there"));
  }

  /** A depot whose partner is registered, agreed on heartbeats every minute, and online. */
  static Depot online(JsonObject rules, Path folder) {
    Depot depot = with(settings(rules), folder);
    depot.register();
    depot.handshake(60.0);
    return depot;
  }

  static Depot online(Path folder) {
    return online(new JsonObject(), folder);
  }

  /** Another partner that calls the same plugin. */
  CapacityProvider newPartner() {
    return new CapacityProvider(PARTNER_URL, context.clock()::instant, this::call);
  }

  /** Starts the plugin as {@link PluginHarness} does, with a clock of its own that can be set. */
  final void start() {
    plugin = new SkewedContext(context);
    harness = PluginHarness.start(new SkewedPlugin(new OscpPlugin(ways()), plugin), context);
  }

  /** The plugin's clock is set; the partner's is not. */
  void setClock(Duration by) {
    plugin.skew(by);
  }

  /** Gives the plugin another context than the harness has. */
  private record SkewedPlugin(BusbarPlugin plugin, PluginContext context) implements BusbarPlugin {

    @Override
    public Set<Address> provides() {
      return plugin.provides();
    }

    @Override
    public Set<Address> requires() {
      return plugin.requires();
    }

    @Override
    public List<Verticle> verticles(PluginContext unused) {
      return plugin.verticles(context);
    }
  }

  /** Where everything is kept, over restarts, unless there is a database. */
  ShakyStore store() {
    return store;
  }

  private Ways ways() {
    return new Ways() {
      @Override
      public Wire wire(Vertx vertx) {
        return Depot.this::called;
      }

      @Override
      public OscpStore store(Vertx vertx, PluginContext busbar) {
        return context.database().isPresent() ? Ways.super.store(vertx, busbar) : store;
      }

      @Override
      public Optional<Verticle> door(
          PluginContext busbar,
          OscpConfig.Server server,
          Function<Incoming, Future<Reply>> answers,
          Promise<Integer> listening) {
        door = answers;
        return Optional.empty();
      }
    };
  }

  private Future<Wire.Answer> called(Wire.Call call) {
    if (!call.url().startsWith(PARTNER_URL)) {
      return elsewhere.apply(call);
    }
    String action = call.url().substring(PARTNER_URL.length() + 1);
    return partner
        .take(new Exchange.Request(call.method(), action, call.headers(), call.body()))
        .map(answer -> new Wire.Answer(answer.status(), answer.headers(), answer.body()));
  }

  Future<Exchange.Answer> call(Exchange.Request request) {
    Incoming incoming =
        new Incoming(
            "192.0.2.7",
            request.method(),
            "/oscp/fp/2.0/" + request.action(),
            request.headers(),
            request.body().getBytes(StandardCharsets.UTF_8));
    return door.apply(incoming)
        .map(
            reply -> {
              reply.sent().run();
              return new Exchange.Answer(reply.status(), reply.headers(), reply.content());
            });
  }

  CapacityProvider partner() {
    return partner;
  }

  FakeEnvelopes envelopes() {
    return envelopes;
  }

  FakeContext context() {
    return context;
  }

  LeapClock clock() {
    return context.clock();
  }

  void leap(Duration duration) {
    context.clock().advance(duration);
  }

  void leapSeconds(long seconds) {
    context.clock().leapSeconds(seconds);
  }

  /** The partner registers, and our answer arrives. */
  void register() {
    partner.shows("Token", A);
    check(status(partner.register(B)) == 204, "registered");
    leapSeconds(2);
    check(
        stage() == ConnectionStage.REGISTERED || stage() == ConnectionStage.HANDSHAKING,
        "registered");
  }

  void handshake(Double heartbeatSeconds, String... measurements) {
    check(status(partner.handshake(heartbeatSeconds, measurements)) == 204, "handshake");
    leapSeconds(0);
    check(stage() == ConnectionStage.ONLINE, "online");
  }

  private void check(boolean fine, String what) {
    if (!fine) {
      throw new AssertionError("not " + what + ": " + view() + "\n" + exchanges());
    }
  }

  static int status(Future<Exchange.Answer> answer) {
    return get(answer).status();
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  ConnectionState view() {
    return get(context.bus().ask(OscpAddresses.CONNECTIONS, new ListConnections()))
        .connections()
        .stream()
        .filter(connection -> connection.connectionId().equals("grid"))
        .findFirst()
        .orElseThrow();
  }

  ConnectionStage stage() {
    return view().stage();
  }

  List<ConnectionReply.Exchange> exchanges() {
    ConnectionReply reply =
        get(context.bus().ask(OscpAddresses.CONNECTION, new GetConnection("grid")));
    return ((ConnectionReply.Found) reply).exchanges();
  }

  /** Everything operators were told, by kind. */
  List<String> events() {
    return context.bus().told(OscpAddresses.EVENT).stream().map(ConnectionEvent::kind).toList();
  }

  /** Most import that counts now. */
  OptionalInt watts() {
    return envelopes.importWatts();
  }

  /** A connector shows its register and power. */
  void measure(int connector, Integer watts, Long wattHours) {
    Reading reading =
        new Reading(
            ConnectorSite.connector(connector),
            context.clock().instant(),
            watts == null ? OptionalInt.empty() : OptionalInt.of(watts),
            wattHours == null ? OptionalLong.empty() : OptionalLong.of(wattHours),
            List.of(),
            Optional.empty(),
            OptionalInt.empty());
    context
        .bus()
        .tell(FieldAddresses.READINGS.at(SITE), new Readings(SITE, "test", List.of(reading)));
  }

  static JsonObject body(Exchange.Request request) {
    return new JsonObject(request.body());
  }

  static Map<String, String> headers(Exchange.Request request) {
    return request.headers();
  }

  /** Ends the plugin and starts it again on what is stored. */
  void restart() {
    harness.close();
    plugin.close();
    start();
  }

  @Override
  public void close() {
    harness.close();
  }
}
