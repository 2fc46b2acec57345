package io.busbar.capability;

import io.busbar.api.Metrics;
import io.busbar.api.PluginContext;
import io.busbar.api.capability.RecordReply;
import io.busbar.api.capability.RecordReply.Recorded;
import io.busbar.api.capability.RecordReply.Refused;
import io.busbar.api.capability.RecordStatus;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.topology.ControlPoint;
import io.busbar.store.GroupCommit;
import io.busbar.store.NotStorable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The way of a status through every door: rules, history, then the bus. */
final class Intake {

  private static final int GROUP = 2_000;

  private final PluginContext context;
  private final StatusRules rules;
  private final KnownControlPoints points;
  private final StatusHistory history;
  private final Teller teller;
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
    this.teller = new Teller(busbar.bus(), history);
    this.commit = new GroupCommit<>(context, GROUP, Incoming::weight, this::append, teller::mark);
    this.burial = new GroupCommit<>(context, GROUP, DeadLetter::weight, this::bury, () -> {});
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
    return points
        .find(status)
        .compose(
            point ->
                point.filter(known -> known.controlSource() != status.reportedBy()).isPresent()
                    ? points.findAnew(status) // who controls it may just have been changed
                    : Future.succeededFuture(point))
        .compose(point -> take(status, point, door));
  }

  private Future<RecordReply> take(RecordStatus status, Optional<ControlPoint> point, String door) {
    if (point.isEmpty()) {
      return refuse(new Refused("UNKNOWN_CONTROL_POINT", "the microgrid has no " + wanted(status)));
    }
    Instant now = context.clock().instant();
    Optional<Refused> refusal = rules.refusal(status, point.get(), now);
    return refusal.isPresent()
        ? refuse(refusal.get())
        : commit.add(rules.event(status, point.get(), door, now)).recover(this::notStored);
  }

  private Future<RecordReply> notStored(Throwable cause) {
    return cause instanceof NotStorable never
        ? refuse(new Refused("NOT_STORABLE", "the database refuses it: " + never.getMessage()))
        : Future.failedFuture(cause);
  }

  private static String wanted(RecordStatus status) {
    return status
        .controlPointId()
        .map(id -> "control point " + id)
        .orElseGet(
            () -> "enabled control point of its own for " + status.capabilityType().orElseThrow());
  }

  private Future<RecordReply> refuse(Refused refusal) {
    refused.add(1);
    return Future.succeededFuture(refusal);
  }

  private List<RecordReply> append(List<Incoming> statuses) {
    Map<UUID, Long> fresh = new HashMap<>(store(statuses));
    teller.tell(statuses, fresh);
    recorded.add(statuses.size());
    Map<UUID, StatusEvent> there = history.find(older(statuses, fresh.keySet()));
    return statuses.stream().map(status -> reply(status.event(), fresh, there)).toList();
  }

  private Map<UUID, Long> store(List<Incoming> statuses) {
    try {
      return history.append(statuses);
    } catch (NotStorable e) {
      throw e;
    } catch (RuntimeException e) {
      teller.isBehind(); // it may be stored all the same
      throw e;
    }
  }

  private static Set<UUID> older(List<Incoming> statuses, Set<UUID> fresh) {
    return statuses.stream()
        .map(status -> status.event().statusEventId())
        .filter(id -> !fresh.contains(id))
        .collect(Collectors.toSet());
  }

  /** The first of equal ones is new, the others are what it became. */
  private static RecordReply reply(
      StatusEvent event, Map<UUID, Long> fresh, Map<UUID, StatusEvent> there) {
    UUID id = event.statusEventId();
    if (fresh.remove(id) != null) {
      there.put(id, event);
      return new Recorded(event, false);
    }
    return new Recorded(there.get(id), true);
  }

  /** From now on it is told what is recorded, beginning with what a crash left untold. */
  void open() {
    teller.open();
  }

  /** Writes down what was told. */
  void close() {
    teller.mark();
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
