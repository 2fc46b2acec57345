package io.busbar.oscp;

import io.busbar.api.Bus;
import io.busbar.api.Health;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.GapPolicy;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SourceReply;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Says whether the sources of a connection's envelopes are alive, and what counts in gaps. */
final class Sources {

  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final Duration ALIVE = Duration.ofMinutes(1);

  /** A safety net for the case that this plugin dies; it says by itself when a partner is gone. */
  private static final Duration STALE_AFTER = Duration.ofMinutes(6);

  private static final Duration FOR_GOOD = Duration.ofDays(36_500);
  private static final String SIGN = "sign of life";

  private final Link link;
  private final ControlPoints points;
  private final Bus bus;
  private final Set<String> heldEnough = new HashSet<>();
  private boolean gone;

  Sources(Link link, ControlPoints points) {
    this.link = link;
    this.points = points;
    this.bus = link.services().context().bus();
    link.listen(
        (before, after) -> {
          gone = false;
          say();
        });
  }

  /** What there is to say of a source. */
  private enum State {
    ALIVE,
    GONE,
    /** An operator gave the site back to its own limits. */
    RELEASED,
    /** Nothing yet, or nothing new. */
    SILENT
  }

  private State state() {
    return switch (link.stage()) {
      case ONLINE -> gone ? State.GONE : State.ALIVE;
      case OFFLINE -> State.GONE;
      case DEREGISTERED -> link.state().problem().isPresent() ? State.GONE : State.RELEASED;
      case NEW, REGISTERING, REGISTERED, HANDSHAKING, FAILED -> State.SILENT;
    };
  }

  /** The partner is gone, or was not: limits do not wait for the store to be there. */
  void gone(boolean isGone) {
    if (gone != isGone) {
      gone = isGone;
      say();
    }
  }

  /** Says how all sources are, and while they are alive goes on saying so. */
  void say() {
    link.alarms().clear(SIGN);
    if (state() != State.SILENT) {
      link.config().groups().forEach(group -> report(group, link.now()));
    }
    if (state() == State.ALIVE) {
      link.alarms().set(SIGN, ALIVE, this::say);
    }
  }

  private void report(GroupBinding group, Instant at) {
    State state = state();
    if (state == State.SILENT) {
      return;
    }
    Optional<UUID> point = points.of(link.config(), group);
    if (point.isEmpty()) {
      later(group, at);
      return;
    }
    ReportSource report =
        new ReportSource(
            point.get(),
            state != State.GONE,
            at,
            Optional.of(state == State.RELEASED ? FOR_GOOD : STALE_AFTER),
            Optional.of(state == State.RELEASED ? GapPolicy.CIRCUIT_DEFAULT : gapPolicy(group)),
            "partner:" + link.id(),
            link.id());
    bus.ask(EnvelopeAddresses.REPORT_SOURCE.at(group.microgridId()), report)
        .onComplete(
            reply -> link.lane().post(() -> answered(group, state, reply)),
            fault ->
                link.lane()
                    .post(
                        () -> {
                          trouble(group, fault.getMessage());
                          later(group, link.now());
                        }));
  }

  /** A report from before the last sign of life, by a clock that was set, is said once more. */
  private void answered(GroupBinding group, State state, SourceReply reply) {
    switch (reply) {
      case SourceReply.Refused refused ->
          trouble(group, refused.reasonCode() + ": " + refused.message());
      case SourceReply.Known known -> {
        health(group, Health.Status.UP, "");
        EnvelopeSource source = known.source();
        boolean unheard = state == State.GONE && source.health() == EnvelopeSource.Health.ONLINE;
        if (unheard && state() == State.GONE && source.lastSeenAt().isPresent()) {
          report(group, source.lastSeenAt().get());
        }
      }
    }
  }

  private void later(GroupBinding group, Instant at) {
    link.alarms().set("report " + group.groupId(), AGAIN, () -> report(group, at));
  }

  private GapPolicy gapPolicy(GroupBinding group) {
    return switch (link.profile().forecasts().gap()) {
      case FALLBACK -> GapPolicy.FALLBACK_FORECAST;
      case HOLD ->
          heldEnough.contains(group.groupId()) ? GapPolicy.FALLBACK_FORECAST : GapPolicy.HOLD_LAST;
      case SITE_LIMIT -> GapPolicy.FAIL_SAFE;
    };
  }

  /** Whether the last value of a group goes on where nothing covers. */
  void hold(GroupBinding group, boolean on) {
    boolean changed = on ? heldEnough.remove(group.groupId()) : heldEnough.add(group.groupId());
    if (changed && link.stage() == ConnectionStage.ONLINE) {
      report(group, link.now());
    }
  }

  private void trouble(GroupBinding group, String message) {
    health(
        group,
        Health.Status.DEGRADED,
        "how group %s is cannot be told: %s".formatted(group.groupId(), message));
  }

  private void health(GroupBinding group, Health.Status status, String message) {
    link.services()
        .context()
        .health()
        .report("source " + link.id() + "/" + group.groupId(), status, message);
  }
}
