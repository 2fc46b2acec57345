package io.busbar.oscp;

import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.field.Readings;
import io.busbar.api.oscp.AdjustForecast;
import io.busbar.api.oscp.CommandReply;
import io.busbar.api.oscp.ConnectionReply;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.api.oscp.ConnectionState;
import io.busbar.api.oscp.ReportNonCompliance;
import io.busbar.api.oscp.SteerConnection;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One partner: takes its messages in order, and leads to the flows they belong to. */
final class Connection {

  private final Link link;
  private final Partner partner;
  private final RegisterFlow registers;
  private final HandshakeFlow handshakes;
  private final HeartbeatFlow heartbeats;
  private final Sources sources;
  private final Envelopes envelopes;
  private final Gaps gaps;
  private final ForecastFlow forecasts;
  private final Dispatcher dispatcher;
  private final Meters meters;
  private final MeasureFlow measures;
  private final NoticeFlow notices;
  private final Release release;

  Connection(Link link, ControlPoints points, Sites sites) {
    this.link = link;
    this.partner = new Partner(link);
    this.registers = new RegisterFlow(link, partner);
    this.handshakes = new HandshakeFlow(link, partner);
    this.heartbeats = new HeartbeatFlow(link, partner);
    this.sources = new Sources(link, points);
    this.envelopes = new Envelopes(link, points);
    this.gaps = new Gaps(link, sources);
    this.forecasts = new ForecastFlow(link, envelopes, gaps);
    this.dispatcher = new Dispatcher(link, partner);
    this.meters = new Meters(link.config(), sites);
    this.measures = new MeasureFlow(link, meters, envelopes.limits(), dispatcher);
    this.notices = new NoticeFlow(link, envelopes, meters, dispatcher);
    this.release = new Release(link, points, sources);
    heartbeats.onGone(sources::gone);
    handshakes.onAgreed(heartbeats::watch);
    forecasts.onTaken(notices::taken);
    link.listen((before, after) -> entered(after));
  }

  private void entered(ConnectionStage stage) {
    switch (stage) {
      case REGISTERED, OFFLINE -> link.lane().post(handshakes::open);
      case DEREGISTERED -> link.lane().post(release::normal);
      default -> {
        // the flows know
      }
    }
  }

  String id() {
    return link.id();
  }

  /** Takes what was stored. */
  void load(OscpStore.Loaded loaded) {
    link.load(Optional.ofNullable(loaded.states().get(id())));
    loaded.series().stream()
        .filter(series -> series.connectionId().equals(id()))
        .forEach(link::load);
    dispatcher.load(waiting(loaded));
    loaded.counts().stream().filter(c -> c.connectionId().equals(id())).forEach(meters::load);
  }

  /** Others answer from now on. */
  void open() {
    link.lane().post(this::opened);
  }

  private void opened() {
    heartbeats.open();
    sources.say();
    envelopes.open();
    gaps.open();
    measures.open();
    notices.open();
    dispatcher.open();
    registers.open();
    handshakes.open();
  }

  /** Nobody knew whether something was stored: what is stored counts, and goes on as at a start. */
  void reload() {
    link.lane()
        .post(
            () -> {
              OscpStore.Loaded loaded = link.services().store().load();
              loaded.series().stream()
                  .filter(s -> s.connectionId().equals(id()))
                  .forEach(link::load);
              dispatcher.load(waiting(loaded));
              Optional.ofNullable(loaded.states().get(id())).ifPresent(link::reload);
              opened();
            });
  }

  private List<Outgoing> waiting(OscpStore.Loaded loaded) {
    return loaded.waiting().stream().filter(m -> m.connectionId().equals(id())).toList();
  }

  void add(Readings readings) {
    meters.add(readings);
  }

  /** The clock was set: what others were told of it is told again. */
  void clockWasSet() {
    link.lane().post(sources::say);
  }

  /** Takes a message when those before it are done. */
  Future<Reply> take(Message message) {
    return link.lane().run(() -> took(message));
  }

  private Reply took(Message message) {
    Reply reply;
    try {
      reply = accept(message);
    } catch (Refusal refusal) {
      reply = Reply.refused(refusal);
    }
    link.journal().add(exchange(message, reply));
    return reply;
  }

  private Reply accept(Message message) {
    if (!link.services().keyring().counts(message.caller())) {
      throw Gate.unauthorized("the token does not count any more", false);
    }
    Optional<String> seen =
        link.services().store().digest(id(), message.identity(), message.requestId());
    if (seen.isPresent()) {
      if (!seen.get().equals(message.digest())) {
        throw Refusal.badRequest("X-Request-ID: another message came under this id");
      }
      return Reply.accepted(() -> {});
    }
    Outcome outcome = decide(message);
    List<Change> changes = new ArrayList<>(outcome.changes());
    changes.add(
        new Change.Seen(
            id(), message.identity(), message.requestId(), message.digest(), link.now()));
    link.commit(outcome.state(), changes);
    return Reply.accepted(outcome.sent());
  }

  private Outcome decide(Message message) {
    boolean initial = message.caller().credential() == Caller.Credential.INITIAL;
    if (initial && message.action() != Action.REGISTER) {
      throw Refusal.forbidden("not registered; register comes before everything else");
    }
    if (!initial && message.action() != Action.REGISTER) {
      confirmRegistration();
    }
    return switch (message.action()) {
      case REGISTER -> register(message);
      case HANDSHAKE -> handshake(message);
      case HANDSHAKE_ACKNOWLEDGE -> handshakes.acknowledged(message);
      case HEARTBEAT -> heartbeats.receive(message, () -> link.lane().post(handshakes::wake));
      case FORECAST -> forecasts.receive(message);
      case ADJUST, COMPLIANCE_ERROR, GROUP_MEASUREMENTS, ASSET_MEASUREMENTS ->
          throw new Refusal(404, "unknown path");
    };
  }

  /** Whoever uses our token has got it, even if its answer to our register was lost. */
  private void confirmRegistration() {
    LinkState confirmed = registers.confirmed(link.state());
    if (!confirmed.equals(link.state())) {
      registers.confirm();
    }
  }

  private Outcome register(Message message) {
    return switch (message.method()) {
      case "POST" -> registers.post(message);
      case "PUT" -> registers.put(message);
      default -> registers.delete(message);
    };
  }

  /** A new rate counts at once, also while online. */
  private Outcome handshake(Message message) {
    Outcome outcome = handshakes.handshake(message);
    Runnable acknowledge = outcome.sent();
    return outcome.then(
        () -> {
          acknowledge.run();
          link.lane()
              .post(
                  () -> {
                    if (link.stage() == ConnectionStage.ONLINE) {
                      heartbeats.beatNow();
                    }
                  });
        });
  }

  private ConnectionReply.Exchange exchange(Message message, Reply reply) {
    return new ConnectionReply.Exchange(
        link.now(),
        true,
        message.method(),
        message.action().path(),
        Optional.of(message.requestId()),
        message.correlationId(),
        reply.status(),
        reply.message(),
        Masks.body(message.body().isMissingNode() ? "" : message.body().toString()));
  }

  Future<CommandReply> adjust(AdjustForecast asked) {
    return link.lane().run(() -> notices.adjust(asked));
  }

  Future<CommandReply> report(ReportNonCompliance asked) {
    return link.lane().run(() -> notices.report(asked));
  }

  Future<CommandReply> steer(SteerConnection asked) {
    return link.lane().run(() -> steered(asked));
  }

  private CommandReply steered(SteerConnection asked) {
    try {
      return switch (asked.order()) {
        case REGISTER -> when(mayRegister(), registers::begin);
        case HANDSHAKE -> when(mayShakeHands(), handshakes::begin);
        case DEREGISTER ->
            when(
                link.profile().registration()
                    && link.state().credentials().outboundToken().isPresent(),
                registers::end);
        case RELEASE -> when(link.stage() == ConnectionStage.DEREGISTERED, release::all);
      };
    } catch (Refusal refusal) {
      return new CommandReply.Refused("NOT_ALLOWED", refusal.getMessage());
    }
  }

  private boolean mayRegister() {
    return link.profile().registration()
        && switch (link.stage()) {
          case NEW, FAILED, DEREGISTERED -> true;
          case REGISTERING, REGISTERED, HANDSHAKING, ONLINE, OFFLINE -> false;
        };
  }

  private boolean mayShakeHands() {
    return link.profile().startsHandshake()
        && switch (link.stage()) {
          case REGISTERED, HANDSHAKING, ONLINE, OFFLINE -> true;
          case NEW, REGISTERING, FAILED, DEREGISTERED -> false;
        };
  }

  private CommandReply when(boolean allowed, Runnable order) {
    if (!allowed) {
      return new CommandReply.Refused("STAGE", "the connection is " + link.stage());
    }
    order.run();
    return new CommandReply.Accepted("");
  }

  /** A secret of the settings has another value from now on. */
  Future<CommandReply> replace(String name, String value) {
    return link.lane()
        .run(
            () -> {
              Change.PutSecret put =
                  new Change.PutSecret(id(), name, link.services().vault().seal(value));
              link.commit(link.state(), List.of(put, link.told("SECRET_REPLACED", name)));
              link.services().vault().put(put);
              link.renewKeys();
              partner.forgetToken();
              return new CommandReply.Accepted("");
            });
  }

  List<ConnectionReply.Exchange> exchanges() {
    return link.journal().newestFirst();
  }

  ConnectionState view(ControlPoints points) {
    LinkState state = link.state();
    return new ConnectionState(
        id(),
        link.config().name(),
        link.profile().name(),
        state.stage(),
        state.since(),
        state.deadlines().peerOfflineAt(),
        state.deadlines().ownOfflineAt(),
        state.wishes().heartbeatSeconds(),
        state.problem(),
        dispatcher.delivered(),
        dispatcher.size(),
        dispatcher.oldest(),
        link.config().groups().stream().map(group -> view(group, points)).toList());
  }

  private ConnectionState.Group view(GroupBinding group, ControlPoints points) {
    Instant now = link.now();
    Limits limits = envelopes.limits();
    Series consumption = link.series(group.groupId(), ForecastType.CONSUMPTION);
    List<EnvelopeBlock> blocks = limits.blocks(consumption, Series.EMPTY, now);
    Optional<EnvelopeBlock> holds = blocks.stream().filter(b -> b.covers(now)).findFirst();
    Map<String, Instant> measured = link.state().progress().measuredTo();
    return new ConnectionState.Group(
        group.groupId(),
        group.microgridId(),
        group.nodeId(),
        points.of(link.config(), group),
        holds.map(EnvelopeBlock::maxLimitWatts).orElse(OptionalInt.empty()),
        holds.map(EnvelopeBlock::blockTo),
        limits.at(link.series(group.groupId(), ForecastType.FALLBACK_CONSUMPTION), now),
        meters.power(group, now),
        Optional.ofNullable(measured.get(group.groupId())),
        measures.shown(group.groupId()));
  }

  void close() {
    link.close();
  }
}
