package io.busbar.balancing.safety;

import io.busbar.api.field.Reading;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.api.field.VehicleState;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.safety.Plan.DeviceFacts;
import io.busbar.balancing.safety.Plan.Trouble;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A charger with its driver: takes set-points in its steps, falls back when they stop, forgets when
 * it reboots, and has its troubles. What it allows its vehicle is here and nowhere else.
 */
final class Charger {

  /** Longer than anybody waits for an answer. */
  private static final long LATE = 11_000;

  private static final long SLOW = 4_800;

  /** A set-point that takes longer than this does not outlive the process that sent it. */
  private static final long UNDER_WAY = 5_000;

  private final World world;
  private final DeviceFacts facts;
  private final ConnectorRating rating;
  private final Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
  private int held;
  private long setAt;
  private Instant decidedAt = Instant.MIN;
  private int driver;
  private long bootedAt;
  private boolean vehicle;
  private long troubledUntil;

  Charger(World world, DeviceFacts facts, ConnectorRating rating) {
    this.world = world;
    this.facts = facts;
    this.rating = rating;
    this.held = rating.failSafeWatts();
  }

  DeviceFacts facts() {
    return facts;
  }

  ConnectorRating rating() {
    return rating;
  }

  /** What it allows its vehicle at this instant, in watts. */
  int held() {
    return held;
  }

  boolean vehicle() {
    return vehicle;
  }

  void plug(boolean in) {
    vehicle = in;
  }

  void trouble(Trouble kind, long until) {
    troubles.merge(kind, until, Math::max);
    troubled(until + (kind == Trouble.IS_LATE ? LATE : SLOW));
  }

  private void troubled(long until) {
    troubledUntil = Math.max(troubledUntil, until);
  }

  /** Until when it was, or will be, in trouble of its own. */
  long troubledUntil() {
    return troubledUntil;
  }

  private boolean has(Trouble trouble) {
    return troubles.getOrDefault(trouble, 0L) > world.now();
  }

  boolean isRunning() {
    return world.now() >= bootedAt;
  }

  /** Forgets its set-point; silent until it is up again. */
  void reboot(long lasting) {
    bootedAt = world.now() + lasting;
    troubled(bootedAt);
    fallBack("reboot");
  }

  /** Its driver starts anew, knowing nothing of what was decided before. */
  void restartDriver() {
    decidedAt = Instant.MIN;
    driver++;
  }

  /** The watchdog looks whether set-points have stopped. */
  void watch() {
    long ranOut = setAt + facts.watchdogSeconds() * 1_000L;
    if (held != rating.failSafeWatts() && world.now() >= ranOut) {
      world.watchdogRanOut(this);
      fallBack("watchdog");
    }
  }

  private void fallBack(String why) {
    int before = held;
    held = rating.failSafeWatts();
    setAt = world.now();
    world.changedByItself(this, before, why);
  }

  Future<SetPointReply> set(SetPoint setPoint) {
    Promise<SetPointReply> reply = Promise.promise();
    if (has(Trouble.LOSES_ORDERS) || !isRunning()) {
      return reply.future();
    }
    if (has(Trouble.REFUSES)) {
      world.after(facts.delay(), () -> refuse(reply, "DEVICE_REFUSED"));
      return reply.future();
    }
    long way = has(Trouble.IS_LATE) ? LATE : has(Trouble.IS_SLOW) ? SLOW / 2 : facts.delay() / 2;
    long asked = world.now();
    int sender = driver;
    world.after(
        way,
        () -> {
          if (isRunning() && (sender == driver || way <= UNDER_WAY)) {
            take(setPoint, asked, sender, way, reply);
          }
        });
    return reply.future();
  }

  private static void refuse(Promise<SetPointReply> reply, String code) {
    reply.tryComplete(new SetPointReply.Refused(code, "not today"));
  }

  private void take(
      SetPoint setPoint, long asked, int sender, long way, Promise<SetPointReply> reply) {
    if (sender == driver) {
      if (setPoint.decidedAt().isBefore(decidedAt)) {
        refuse(reply, "STALE_DECISION");
        return;
      }
      decidedAt = setPoint.decidedAt();
    }
    int before = held;
    held = rating.stepBelow(Math.min(setPoint.limitWatts(), rating.maxWatts()));
    setAt = world.now();
    int now = held;
    long taken = setAt;
    world.took(this, before, asked);
    if (!has(Trouble.LOSES_ANSWERS)) {
      world.after(
          way == LATE ? 1 : way,
          () -> {
            world.confirmed(this, taken);
            reply.tryComplete(new SetPointReply.Confirmed(now, world.clock().instant()));
          });
    }
  }

  /** It is read, as long as it can be. */
  void read() {
    if (!isRunning() || has(Trouble.IS_MUTE)) {
      return;
    }
    Reading reading =
        new Reading(
            rating.nodeId(),
            world.clock().instant(),
            OptionalInt.of(vehicle ? held : 0),
            OptionalLong.empty(),
            List.of(),
            Optional.of(vehicle ? VehicleState.CHARGING : VehicleState.NONE),
            OptionalInt.of(held));
    long measured = world.now();
    long latency = has(Trouble.IS_HEARD_LATE) ? 200 + measured * 7 % 15_000 : 30;
    world.after(latency, () -> world.heard(this, reading, measured));
  }

  static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
