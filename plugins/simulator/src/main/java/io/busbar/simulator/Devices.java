package io.busbar.simulator;

import io.busbar.api.Scheduler;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.api.simulator.Degrade.What;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** How the chargers of a site take set-points. */
final class Devices {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Clock clock;
  private final Scheduler scheduler;
  private final Faults faults;
  private final Function<UUID, Optional<Evse>> present;
  private final Map<UUID, SetPoint> newest = new HashMap<>();

  /**
   * @param present brings the site up to now and gives the charger of a connector
   */
  Devices(Clock clock, Scheduler scheduler, Faults faults, Function<UUID, Optional<Evse>> present) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.faults = faults;
    this.present = present;
  }

  /** Hands a set-point to its device. One that is offline never replies. */
  Future<SetPointReply> set(SetPoint setPoint) {
    if (faults.at(What.DEVICE_OFFLINE, setPoint.nodeId())) {
      return Promise.<SetPointReply>promise().future();
    }
    if (faults.at(What.DEVICE_REFUSING, setPoint.nodeId())) {
      return refused("DEVICE_REFUSED", "the charger is told to refuse; end the degradation");
    }
    int delay = faults.delaySeconds(setPoint.nodeId());
    if (delay == 0) {
      return take(setPoint);
    }
    Promise<SetPointReply> late = Promise.promise();
    scheduler.after(Duration.ofSeconds(delay), () -> take(setPoint).onComplete(late));
    return late.future();
  }

  private static Future<SetPointReply> refused(String reasonCode, String message) {
    return Future.succeededFuture(new SetPointReply.Refused(reasonCode, message));
  }

  /** A higher set-point is confirmed at once, a lower one when the device has obeyed it. */
  private Future<SetPointReply> take(SetPoint setPoint) {
    SetPoint before = newest.get(setPoint.nodeId());
    if (before != null && setPoint.decidedAt().isBefore(before.decidedAt())) {
      return refused("STALE_DECISION", "it follows a decision of " + before.decidedAt());
    }
    newest.put(setPoint.nodeId(), setPoint);
    Instant now = clock.instant();
    Evse evse = present.apply(setPoint.nodeId()).orElseThrow();
    int stored = evse.set(setPoint.limitWatts(), now.getEpochSecond());
    if (evse.watts() <= stored) {
      return Future.succeededFuture(new SetPointReply.Confirmed(stored, now));
    }
    Promise<SetPointReply> obeyed = Promise.promise();
    watch(setPoint, obeyed);
    return obeyed.future();
  }

  private void watch(SetPoint setPoint, Promise<SetPointReply> obeyed) {
    scheduler.after(SECOND, () -> look(setPoint, obeyed));
  }

  private void look(SetPoint setPoint, Promise<SetPointReply> obeyed) {
    Optional<Evse> evse = present.apply(setPoint.nodeId());
    if (evse.isEmpty()) {
      obeyed.complete(
          new SetPointReply.Refused("DEVICE_OFFLINE", "the connector is no longer there"));
    } else if (newest.get(setPoint.nodeId()) != setPoint) {
      obeyed.complete(
          new SetPointReply.Refused("READ_BACK_DIFFERS", "a newer set-point came in between"));
    } else if (evse.get().watts() <= evse.get().limitWatts()) {
      obeyed.complete(new SetPointReply.Confirmed(evse.get().limitWatts(), clock.instant()));
    } else {
      watch(setPoint, obeyed);
    }
  }
}
