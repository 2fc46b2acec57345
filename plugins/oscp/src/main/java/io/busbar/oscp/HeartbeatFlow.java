package io.busbar.oscp;

import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscp.LinkState.Deadlines;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Signs of life both ways. The partner is offline when it is not heard until the instant it
 * announced; so are we, when ours do not arrive until the instant that we announced.
 */
final class HeartbeatFlow {

  private static final String BEAT = "heartbeat";
  private static final String PEER = "partner offline";
  private static final String OWN = "own offline";
  private static final Duration PAST = Duration.ofSeconds(30);
  private static final Duration FURTHEST = Duration.ofHours(24);
  private static final Duration QUICK = Duration.ofSeconds(5);
  private static final double SHARE = 0.8;
  private static final double JITTER = 0.1;

  private final Link link;
  private final Partner partner;
  private final SplittableRandom random;
  private Optional<Instant> ownUntil = Optional.empty();
  private Consumer<Boolean> gone = isGone -> {};

  HeartbeatFlow(Link link, Partner partner) {
    this.link = link;
    this.partner = partner;
    this.random = new SplittableRandom(link.id().hashCode());
    link.listen((before, after) -> entered(after));
  }

  /** Hears whether the partner is gone before that is stored. */
  void onGone(Consumer<Boolean> listener) {
    gone = listener;
  }

  /** Deadlines survive a restart. */
  void open() {
    entered(link.stage());
  }

  private void entered(ConnectionStage stage) {
    switch (stage) {
      case ONLINE -> {
        ownUntil = link.state().deadlines().ownOfflineAt();
        watch();
        watchOwn();
        beatNow();
      }
      case OFFLINE -> {
        link.alarms().clear(PEER);
        link.alarms().clear(OWN);
      }
      case NEW, REGISTERING, REGISTERED, FAILED, DEREGISTERED -> {
        link.alarms().clear(PEER);
        link.alarms().clear(OWN);
        link.alarms().clear(BEAT);
      }
      default -> {
        // what was agreed on before goes on until something else is
      }
    }
  }

  /** The partner says how long it may be silent. */
  Outcome receive(Message message, Runnable wakened) {
    if (!link.state().isAgreed() || link.stage() == ConnectionStage.REGISTERED) {
      throw Refusal.forbidden("a handshake comes before heartbeats");
    }
    Instant at = Times.read("offline_mode_at", message.body().path("offline_mode_at").asText());
    Instant now = link.now();
    if (at.isBefore(now.minus(PAST))) {
      throw Refusal.badRequest(
          "offline_mode_at: %s is past; it is %s".formatted(Times.write(at), Times.write(now)));
    }
    Instant kept = at.isAfter(now.plus(FURTHEST)) ? now.plus(FURTHEST) : at;
    LinkState state = link.state();
    LinkState next = state.with(new Deadlines(Optional.of(kept), state.deadlines().ownOfflineAt()));
    boolean offline = state.stage() == ConnectionStage.OFFLINE;
    if (offline && link.profile().leniency().heartbeatRestores()) {
      next =
          next.with(new Deadlines(Optional.of(kept), Optional.empty()))
              .in(ConnectionStage.ONLINE, now)
              .untroubled();
    }
    return Outcome.of(next).then(offline ? wakened : () -> link.lane().post(this::watch));
  }

  /** Measured from now by a clock that nobody sets. */
  void watch() {
    if (link.stage() != ConnectionStage.ONLINE) {
      return;
    }
    Optional<Instant> until = link.state().deadlines().peerOfflineAt();
    if (until.isPresent()) {
      Duration left = Duration.between(link.now(), until.get());
      link.alarms().set(PEER, left.plus(link.profile().offlineGrace()), () -> silent(until.get()));
    } else {
      link.alarms().clear(PEER);
    }
  }

  /** Also when no heartbeat of ours ends at all. */
  private void watchOwn() {
    boolean wanted = link.state().wishes().heartbeatSeconds().isPresent();
    if (link.stage() == ConnectionStage.ONLINE && wanted && ownUntil.isPresent()) {
      Duration left = Duration.between(link.now(), ownUntil.get());
      link.alarms().set(OWN, left, this::checkOwn);
    } else {
      link.alarms().clear(OWN);
    }
  }

  private void checkOwn() {
    boolean wanted = link.state().wishes().heartbeatSeconds().isPresent();
    if (wanted && ownUntil.filter(own -> !link.now().isBefore(own)).isPresent()) {
      offline("our heartbeats do not arrive, so the partner takes us to be offline");
    } else {
      watchOwn();
    }
  }

  /** A handshake may have moved the instant meanwhile. */
  private void silent(Instant until) {
    if (link.state().deadlines().peerOfflineAt().equals(Optional.of(until))) {
      offline("the partner fell silent");
    } else {
      gone.accept(false);
      watch();
    }
  }

  private void offline(String why) {
    if (link.stage() == ConnectionStage.ONLINE) {
      gone.accept(true);
      link.commit(link.state().troubled(why).in(ConnectionStage.OFFLINE, link.now()));
    }
  }

  /** Another rate may have been agreed on. */
  void beatNow() {
    if (link.state().wishes().heartbeatSeconds().isPresent()) {
      link.alarms().set(BEAT, Duration.ZERO, this::beat);
    } else {
      link.alarms().clear(BEAT);
    }
  }

  private void beat() {
    Optional<Double> interval = link.state().wishes().heartbeatSeconds();
    boolean speaks =
        link.stage() == ConnectionStage.ONLINE || link.stage() == ConnectionStage.OFFLINE;
    if (interval.isEmpty() || !speaks) {
      return;
    }
    Instant until = link.now().plusMillis(Math.round(interval.get() * 3_000));
    String body = "{\"offline_mode_at\":\"" + Times.write(until) + "\"}";
    link.alarms().set(BEAT, next(interval.get()), this::beat);
    partner.send(
        Action.HEARTBEAT,
        "POST",
        UUID.randomUUID().toString(),
        Optional.empty(),
        body,
        verdict -> sent(interval.get(), until, verdict));
  }

  private Duration next(double interval) {
    double share = SHARE * (1 + JITTER * (2 * random.nextDouble() - 1));
    return Duration.ofMillis(Math.round(interval * share * 1_000));
  }

  private void sent(double interval, Instant until, Verdict verdict) {
    LinkState state = link.state();
    if (verdict.isDelivered()) {
      ownUntil = Optional.of(until);
      watchOwn();
      link.commit(state.with(new Deadlines(state.deadlines().peerOfflineAt(), Optional.of(until))));
      return;
    }
    if (!state.wishes().heartbeatSeconds().equals(Optional.of(interval))) {
      return;
    }
    Duration tenth = Duration.ofMillis(Math.round(interval * 100));
    Duration quick = tenth.compareTo(QUICK) < 0 ? tenth : QUICK;
    Duration usual = next(interval);
    Duration asked = verdict.retryAfter().orElse(quick);
    link.alarms().set(BEAT, asked.compareTo(usual) < 0 ? asked : usual, this::beat);
    checkOwn();
  }
}
