package io.busbar.oscp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscp.LinkState.Deadlines;
import io.busbar.oscp.LinkState.Wishes;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each side wants of the other; ends with both online. */
final class HandshakeFlow {

  private static final Logger LOG = LoggerFactory.getLogger(HandshakeFlow.class);
  private static final String ACKNOWLEDGE = "acknowledge";
  private static final String HANDSHAKE = "handshake";
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofSeconds(60);

  private final Link link;
  private final Partner partner;
  private Runnable agreed = () -> {};

  HandshakeFlow(Link link, Partner partner) {
    this.link = link;
    this.partner = partner;
  }

  /** Hears of every handshake that is acknowledged, also while online. */
  void onAgreed(Runnable listener) {
    agreed = listener;
  }

  /** Takes up what a restart interrupted, or begins where this side may begin. */
  void open() {
    Wishes wishes = link.state().wishes();
    if (wishes.acknowledge().isPresent()) {
      acknowledge(1);
    } else if (mayBegin() && !isUnderWay()) {
      begin();
    }
  }

  private boolean isUnderWay() {
    return link.state().wishes().handshake().isPresent() && link.alarms().isSet(HANDSHAKE);
  }

  /** The partner is heard again: what it may have missed is sent once more, under the same id. */
  void wake() {
    if (isUnderWay() && mayBegin()) {
      link.state().wishes().handshake().ifPresent(open -> send(open, 1));
    } else {
      open();
    }
  }

  private boolean mayBegin() {
    return link.profile().startsHandshake()
        && switch (link.stage()) {
          case REGISTERED, HANDSHAKING, OFFLINE -> true;
          case NEW, REGISTERING, ONLINE, FAILED, DEREGISTERED -> false;
        };
  }

  /** A partner says what it wants. */
  Outcome handshake(Message message) {
    requireRegistered();
    Wishes wishes = wishes(message.body(), true);
    LinkState state = link.state();
    Wishes next =
        new Wishes(
            wishes.heartbeatSeconds(),
            wishes.measurements(),
            Optional.of(message.requestId()),
            state.wishes().handshake(),
            true);
    ConnectionStage stage =
        state.stage() == ConnectionStage.ONLINE
            ? ConnectionStage.ONLINE
            : ConnectionStage.HANDSHAKING;
    return Outcome.of(state.with(next).in(stage, link.now()))
        .then(() -> link.lane().post(() -> acknowledge(1)));
  }

  /** A partner says what it wants, in answer to ours. */
  Outcome acknowledged(Message message) {
    requireRegistered();
    Optional<String> open = link.state().wishes().handshake();
    boolean ours =
        message
            .correlationId()
            .map(id -> open.filter(id::equals).isPresent())
            .orElse(open.isPresent() && link.profile().leniency().uncorrelatedAcknowledge());
    if (!ours) {
      throw Refusal.badRequest("X-Correlation-ID: there is no handshake of ours with this id");
    }
    Wishes wishes = wishes(message.body(), false);
    Wishes next =
        new Wishes(
            wishes.heartbeatSeconds(),
            wishes.measurements(),
            link.state().wishes().acknowledge(),
            Optional.empty(),
            true);
    return Outcome.of(online(link.state().with(next)))
        .then(
            () -> {
              link.alarms().clear(HANDSHAKE);
              link.lane().post(agreed);
            });
  }

  private void requireRegistered() {
    boolean registered =
        switch (link.stage()) {
          case REGISTERED, HANDSHAKING, ONLINE, OFFLINE -> true;
          case NEW, REGISTERING, FAILED, DEREGISTERED -> false;
        };
    if (!registered) {
      throw Refusal.forbidden("not registered; register comes before the handshake");
    }
  }

  private Wishes wishes(JsonNode body, boolean strict) {
    JsonNode wanted = body.path("required_behaviour");
    if (wanted.isMissingNode()) {
      wanted = bare(body, strict);
    } else if (strict && !wanted.has("measurement_configuration")) {
      throw Refusal.badRequest("required_behaviour.measurement_configuration is missing");
    }
    Set<String> measurements = new LinkedHashSet<>();
    wanted.path("measurement_configuration").forEach(kind -> measurements.add(kind.asText()));
    Optional<Double> interval =
        Optional.of(wanted.path("heartbeat_interval"))
            .filter(JsonNode::isNumber)
            .map(JsonNode::doubleValue);
    return new Wishes(interval, measurements, Optional.empty(), Optional.empty(), true);
  }

  /** Some partners forget the wrapper, and so ask for nothing without noticing. */
  private JsonNode bare(JsonNode body, boolean strict) {
    boolean bare = body.has("heartbeat_interval") || body.has("measurement_configuration");
    if (!bare || !strict) {
      return JsonNodeFactory.instance.objectNode();
    }
    LOG.warn("{}: a handshake without required_behaviour around its members", link.id());
    if (!link.profile().leniency().bareHandshake()) {
      throw Refusal.badRequest("required_behaviour is missing around the members of the handshake");
    }
    ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
    wrapped.set("required_behaviour", body.deepCopy());
    Schemas.problem(Action.HANDSHAKE, wrapped)
        .ifPresent(
            problem -> {
              throw Refusal.badRequest(problem);
            });
    return body;
  }

  private void acknowledge(int attempt) {
    link.state()
        .wishes()
        .acknowledge()
        .ifPresent(
            handshake ->
                partner.send(
                    Action.HANDSHAKE_ACKNOWLEDGE,
                    "POST",
                    UUID.nameUUIDFromBytes(
                            handshake.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString(),
                    Optional.of(handshake),
                    ours(),
                    verdict -> acknowledged(handshake, attempt, verdict)));
  }

  private void acknowledged(String handshake, int attempt, Verdict verdict) {
    Wishes wishes = link.state().wishes();
    if (!wishes.acknowledge().equals(Optional.of(handshake))) {
      return;
    }
    if (verdict.isDelivered()) {
      Wishes done =
          new Wishes(
              wishes.heartbeatSeconds(),
              wishes.measurements(),
              Optional.empty(),
              wishes.handshake(),
              true);
      link.commit(online(link.state().with(done)));
      agreed.run();
      return;
    }
    trouble("the acknowledge of a handshake is not delivered", verdict);
    link.alarms().set(ACKNOWLEDGE, pause(attempt, verdict), () -> acknowledge(attempt + 1));
  }

  private void trouble(String what, Verdict verdict) {
    link.commit(
        link.state().troubled("%s (%d %s)".formatted(what, verdict.status(), verdict.message())));
  }

  private static Duration pause(int attempt, Verdict verdict) {
    Duration step = STEP.multipliedBy(attempt);
    return verdict.retryAfter().orElse(step.compareTo(MOST) < 0 ? step : MOST);
  }

  /** A sign of life of its own; how long it lasts is up to the next heartbeat. */
  private LinkState online(LinkState state) {
    boolean online = state.stage() == ConnectionStage.ONLINE;
    Optional<java.time.Instant> until =
        link.profile()
            .heartbeatSeconds()
            .map(seconds -> link.now().plusMillis(Math.round(seconds * 3_000)));
    return state
        .with(new Deadlines(until, online ? state.deadlines().ownOfflineAt() : Optional.empty()))
        .in(ConnectionStage.ONLINE, link.now())
        .untroubled();
  }

  /** What this side wants. */
  private String ours() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode wanted = body.putObject("required_behaviour");
    link.profile().heartbeatSeconds().ifPresent(seconds -> put(wanted, seconds));
    wanted.putArray("measurement_configuration");
    return body.toString();
  }

  private static void put(ObjectNode wanted, double seconds) {
    if (seconds == Math.rint(seconds)) {
      wanted.put("heartbeat_interval", (long) seconds);
    } else {
      wanted.put("heartbeat_interval", seconds);
    }
  }

  /** This side begins a handshake. */
  void begin() {
    String requestId = UUID.randomUUID().toString();
    Wishes wishes = link.state().wishes();
    ConnectionStage stage =
        link.stage() == ConnectionStage.REGISTERED ? ConnectionStage.HANDSHAKING : link.stage();
    link.commit(
        link.state()
            .with(
                new Wishes(
                    wishes.heartbeatSeconds(),
                    wishes.measurements(),
                    wishes.acknowledge(),
                    Optional.of(requestId),
                    wishes.agreed()))
            .in(stage, link.now()));
    send(requestId, 1);
  }

  /** While it is on its way, or waits for its acknowledge, no other one begins. */
  private void send(String requestId, int attempt) {
    link.alarms().set(HANDSHAKE, MOST, this::open);
    partner.send(
        Action.HANDSHAKE,
        "POST",
        requestId,
        Optional.empty(),
        ours(),
        verdict -> sent(requestId, attempt, verdict));
  }

  /** Without an acknowledge it begins anew after a minute. */
  private void sent(String requestId, int attempt, Verdict verdict) {
    if (!link.state().wishes().handshake().equals(Optional.of(requestId))) {
      return;
    }
    if (verdict.isDelivered()) {
      link.alarms().set(HANDSHAKE, MOST, this::open);
    } else if (link.stage() == ConnectionStage.ONLINE) {
      link.alarms().clear(HANDSHAKE);
    } else {
      trouble("the handshake is not delivered", verdict);
      link.alarms().set(HANDSHAKE, pause(attempt, verdict), () -> send(requestId, attempt + 1));
    }
  }
}
