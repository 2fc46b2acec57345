package io.busbar.capability;

import io.busbar.api.Metrics;
import io.busbar.api.PluginContext;
import io.busbar.api.capability.CapabilityAddresses;
import io.busbar.api.capability.RecordReply;
import io.busbar.api.capability.RecordReply.Recorded;
import io.busbar.api.capability.RecordReply.Refused;
import io.busbar.api.capability.RecordStatus;
import io.busbar.api.topology.ControlPoint;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The way of a status through every door: rules, history, then the bus. */
final class Intake {

  private static final int GROUP = 2_000;
  private static final int TELL_AGAIN = 1_000;

  private final PluginContext context;
  private final StatusRules rules;
  private final KnownControlPoints points;
  private final StatusHistory history;
  private final GroupCommit<Incoming, RecordReply> commit;
  private final GroupCommit<DeadLetter, Void> burial;
  private final Metrics.Counter recorded;
  private final Metrics.Counter refused;
  private final Metrics.Counter buried;

  Intake(PluginContext busbar, Context context, StatusRules rules, StatusHistory history) {
    this.context = busbar;
    this.rules = rules;
    this.history = history;
    this.points = new KnownControlPoints(busbar.bus());
    this.commit = new GroupCommit<>(context, GROUP, this::append);
    this.burial = new GroupCommit<>(context, GROUP, this::bury);
    Metrics metrics = busbar.metrics();
    this.recorded = metrics.counter("statuses_recorded", "Statuses stored, duplicates included");
    this.refused = metrics.counter("statuses_refused", "Statuses that broke a rule");
    this.buried = metrics.counter("dead_letters", "Messages that could not become a status");
  }

  KnownControlPoints points() {
    return points;
  }

  /**
   * Takes a status.
   *
   * @param door through which it came
   */
  Future<RecordReply> take(RecordStatus status, String door) {
    return points.find(status).compose(point -> take(status, point, door));
  }

  private Future<RecordReply> take(RecordStatus status, Optional<ControlPoint> point, String door) {
    if (point.isEmpty()) {
      return refuse(new Refused("UNKNOWN_CONTROL_POINT", "microgrid has no " + wanted(status)));
    }
    Instant now = context.clock().instant();
    Optional<Refused> refusal = rules.refusal(status, point.get(), now);
    return refusal.isPresent()
        ? refuse(refusal.get())
        : commit.add(rules.event(status, point.get(), door, now));
  }

  private static String wanted(RecordStatus status) {
    return status
        .controlPointId()
        .map(id -> "control point " + id)
        .orElseGet(() -> "enabled control point of its own for " + status.capabilityType());
  }

  private Future<RecordReply> refuse(Refused refusal) {
    refused.add(1);
    return Future.succeededFuture(refusal);
  }

  private List<RecordReply> append(List<Incoming> statuses) {
    Set<UUID> fresh = history.append(statuses);
    Set<UUID> seen = new HashSet<>();
    List<Incoming> stored =
        statuses.stream()
            .filter(status -> fresh.contains(status.event().statusEventId()))
            .filter(status -> seen.add(status.event().statusEventId()))
            .toList();
    recorded.add(statuses.size());
    tell(stored);
    return statuses.stream().map(status -> reply(status, fresh)).toList();
  }

  /** The first of equal ones is new, the others are what it became. */
  private RecordReply reply(Incoming status, Set<UUID> fresh) {
    UUID id = status.event().statusEventId();
    return fresh.remove(id)
        ? new Recorded(status.event(), false)
        : new Recorded(history.find(id).orElseThrow(), true);
  }

  private void tell(List<Incoming> stored) {
    if (!stored.isEmpty()) {
      stored.forEach(
          status ->
              context
                  .bus()
                  .tell(
                      CapabilityAddresses.RECORDED.at(status.event().microgridId()),
                      status.recorded()));
      history.told(stored);
    }
  }

  /** Tells what a crash left untold. */
  void tellAgain() {
    List<Incoming> untold = history.untold(TELL_AGAIN);
    while (!untold.isEmpty()) {
      tell(untold);
      untold = history.untold(TELL_AGAIN);
    }
  }

  /** Keeps a message that could not become a status; done when it is kept. */
  Future<Void> bury(DeadLetter letter) {
    buried.add(1);
    return burial.add(letter);
  }

  private List<Void> bury(List<DeadLetter> letters) {
    history.bury(letters);
    return Collections.nCopies(letters.size(), null);
  }
}
