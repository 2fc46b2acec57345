package io.busbar.oscp;

import io.busbar.api.TemporarilyUnavailable;
import io.busbar.api.field.Readings;
import io.busbar.api.oscp.AdjustForecast;
import io.busbar.api.oscp.CommandReply;
import io.busbar.api.oscp.ConnectionList;
import io.busbar.api.oscp.ConnectionReply;
import io.busbar.api.oscp.GetConnection;
import io.busbar.api.oscp.ReportNonCompliance;
import io.busbar.api.oscp.SetSecret;
import io.busbar.api.oscp.SteerConnection;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections, and the way of a request to the one it is from. */
final class FlexibilityProvider {

  private static final Logger LOG = LoggerFactory.getLogger(FlexibilityProvider.class);
  private static final Set<String> SECRETS =
      Set.of(Vault.INITIAL_TOKEN, Vault.OUTBOUND_TOKEN, Vault.CLIENT_SECRET);

  private final Map<String, Connection> connections = new TreeMap<>();
  private final Services services;
  private final ControlPoints points;
  private final Sites sites;
  private final Gate gate;
  private final BearerCheck bearers;
  private final Throttle throttle;
  private final OscpConfig config;
  private volatile boolean loaded;

  FlexibilityProvider(OscpConfig config, Services services, Supplier<Lane> lanes) {
    this.config = config;
    this.services = services;
    this.points = new ControlPoints(services.context());
    this.sites = new Sites(services.context().bus());
    for (ConnectionConfig one : config.connections()) {
      connections.put(
          one.id(), new Connection(new Link(one, services, lanes.get()), points, sites));
    }
    Map<String, Profile> profiles =
        config.connections().stream()
            .collect(Collectors.toMap(ConnectionConfig::id, ConnectionConfig::profile));
    this.bearers = new BearerCheck(config.connections(), services);
    this.throttle = new Throttle(config.server().failuresPerMinute());
    this.gate =
        new Gate(
            config.server(),
            services.keyring(),
            bearers,
            throttle,
            id -> Optional.ofNullable(profiles.get(id)));
  }

  /** Reads what is stored; before anything comes in. */
  void load() {
    OscpStore.Loaded stored = services.store().load();
    services.vault().load(stored.secrets());
    connections.values().forEach(connection -> connection.load(stored));
    services.store().onDoubt(() -> connections.values().forEach(Connection::reload));
    loaded = true;
  }

  /** Others answer from now on. */
  void open() {
    Set<UUID> microgrids =
        config.connections().stream()
            .flatMap(one -> one.groups().stream())
            .map(ConnectionConfig.GroupBinding::microgridId)
            .collect(Collectors.toSet());
    microgrids.forEach(this::renew);
    connections.values().forEach(Connection::open);
  }

  void renew(UUID microgridId) {
    sites
        .renew(microgridId)
        .onFailure(fault -> LOG.warn("site {}: {}", microgridId, fault.getMessage()));
  }

  void add(Readings readings) {
    connections.values().forEach(connection -> connection.add(readings));
  }

  void clockWasSet() {
    connections.values().forEach(Connection::clockWasSet);
  }

  /** Answers a request; never fails. */
  Future<Reply> answer(Incoming request) {
    try {
      if (request.path().equals(config.server().basePath() + "/token")) {
        return Future.succeededFuture(grant(request));
      }
      Action action = gate.action(request);
      return gate.caller(request, services.context().scheduler().elapsed())
          .compose(caller -> take(gate.message(action, caller, request)))
          .otherwise(FlexibilityProvider::refused);
    } catch (RuntimeException e) {
      return Future.succeededFuture(refused(e));
    }
  }

  private Reply grant(Incoming request) {
    Duration elapsed = services.context().scheduler().elapsed();
    if (throttle.holds(request.remote(), elapsed)) {
      throw new Refusal(429, "too many wrong credentials", Map.of("Retry-After", "60"));
    }
    Reply reply = bearers.grant(request);
    if (reply.status() == 401) {
      throttle.failed(request.remote(), elapsed);
    }
    return reply;
  }

  private Future<Reply> take(Message message) {
    return connections.get(message.caller().connectionId()).take(message);
  }

  private static Reply refused(Throwable cause) {
    return switch (cause) {
      case Refusal refusal -> Reply.refused(refusal);
      case TemporarilyUnavailable e ->
          Reply.refused(new Refusal(503, "try again later", Map.of("Retry-After", "10")));
      default -> {
        LOG.error("a request could not be answered", cause);
        yield Reply.refused(new Refusal(500, "a fault on this side"));
      }
    };
  }

  ConnectionList list() {
    return new ConnectionList(
        connections.values().stream().map(connection -> connection.view(points)).toList());
  }

  ConnectionReply find(GetConnection asked) {
    Connection found = connections.get(asked.connectionId());
    return found == null
        ? new ConnectionReply.NotFound(asked.connectionId())
        : new ConnectionReply.Found(found.view(points), found.exchanges());
  }

  Future<CommandReply> adjust(AdjustForecast asked) {
    return with(asked.connectionId(), connection -> connection.adjust(asked));
  }

  Future<CommandReply> report(ReportNonCompliance asked) {
    return with(asked.connectionId(), connection -> connection.report(asked));
  }

  Future<CommandReply> steer(SteerConnection asked) {
    return with(asked.connectionId(), connection -> connection.steer(asked));
  }

  Future<CommandReply> replace(SetSecret asked) {
    boolean known = SECRETS.contains(asked.name()) || asked.name().startsWith(Vault.HEADER);
    if (!known || asked.value().isEmpty() || !asked.value().matches("[\\x20-\\x7e]+")) {
      return Future.succeededFuture(
          new CommandReply.Refused("INVALID", "unknown name, or a value that cannot be sent"));
    }
    return with(
        asked.connectionId(), connection -> connection.replace(asked.name(), asked.value()));
  }

  private Future<CommandReply> with(
      String connectionId, Function<Connection, Future<CommandReply>> order) {
    if (!loaded) {
      return Future.succeededFuture(
          new CommandReply.Refused("NOT_READY", "what is stored is not read yet; try again"));
    }
    Connection found = connections.get(connectionId);
    return found == null
        ? Future.succeededFuture(new CommandReply.NotFound("connection " + connectionId))
        : order.apply(found);
  }

  void close() {
    connections.values().forEach(Connection::close);
  }
}
