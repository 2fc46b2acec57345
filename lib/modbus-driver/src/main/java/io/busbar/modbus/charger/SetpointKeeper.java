package io.busbar.modbus.charger;

import io.busbar.api.field.Device.Confirmation;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.modbus.lane.Exchange;
import io.busbar.modbus.map.Codec;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.SetpointRule;
import io.busbar.modbus.map.Values;
import io.busbar.modbus.map.WatchdogRule.FedBy;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.WireException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Brings set-points to a device and keeps the newest in force as long as the decision behind it is
 * not too old. Then it stops, and the device's own fallback acts. All but {@link #offer} runs on
 * the thread of the connection.
 */
final class SetpointKeeper {

  private static final int READ_BACKS = 4;
  private static final long READ_BACK_MILLIS = 150;
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofMillis(50);

  /** More than that above a limit is no matter of measuring. */
  private static final double TOLERANCE = 1.05;

  private static final int TOLERANCE_WATTS = 150;

  private final RegisterMap map;
  private final SetpointRule rule;
  private final ChargerSettings settings;
  private final RegisterReader reader;
  private final SetpointScale scale;
  private final Clock clock;
  private final FaultList faults;
  private final WatchdogTimer watchdog = new WatchdogTimer();
  private volatile SetPoint newest;
  private SetPoint applied;
  private volatile OptionalDouble kept = OptionalDouble.empty();
  private volatile OptionalDouble most = OptionalDouble.empty();
  private OptionalInt fallback = OptionalInt.empty();
  private Confirmation confirmation = Confirmation.NONE;
  private long keptSince;
  private volatile boolean lapsed;
  private boolean disobeyed;
  private volatile long lastWrite = System.nanoTime() - TimeUnit.HOURS.toNanos(1);

  SetpointKeeper(
      RegisterMap map,
      ChargerSettings settings,
      RegisterReader reader,
      SetpointScale scale,
      Clock clock,
      FaultList faults) {
    this.map = map;
    this.rule = map.setpoint();
    this.settings = settings;
    this.reader = reader;
    this.scale = scale;
    this.clock = clock;
    this.faults = faults;
  }

  /** Takes a set-point as the newest, unless it follows from an older decision; from any thread. */
  synchronized Optional<SetPointReply> offer(SetPoint setPoint) {
    if (newest != null && setPoint.decidedAt().isBefore(newest.decidedAt())) {
      return Optional.of(stale("it follows a decision of " + newest.decidedAt()));
    }
    if (isTooOld(setPoint)) {
      return Optional.of(
          stale(
              "the decision of %s is older than %s"
                  .formatted(setPoint.decidedAt(), settings.decisionMaxAge())));
    }
    newest = setPoint;
    return Optional.empty();
  }

  private static SetPointReply stale(String message) {
    return new SetPointReply.Refused("STALE_DECISION", message);
  }

  private boolean isTooOld(SetPoint setPoint) {
    Instant end = setPoint.decidedAt().plus(settings.decisionMaxAge());
    return clock.instant().isAfter(end);
  }

  /** How long the device wants to be left alone before this can be written. */
  Duration untilWritable(SetPoint setPoint) {
    if (isThere(scale.value(setPoint.limitWatts(), most))) {
      return Duration.ZERO;
    }
    long due = lastWrite + TimeUnit.MILLISECONDS.toNanos(map.limits().writeGapMillis());
    return Duration.ofNanos(Math.max(0, due - System.nanoTime()));
  }

  /** What was found at a connection. */
  void prepared(DeviceSetup.Found found, OptionalDouble mostOfDevice) {
    watchdog.timeout(found.timeout());
    fallback = found.fallbackWatts();
    most = mostOfDevice;
  }

  /** Whether a device that must not be written often was set to that value just now. */
  private boolean isThere(double value) {
    long gap = TimeUnit.MILLISECONDS.toNanos(map.limits().writeGapMillis());
    return kept.isPresent()
        && !lapsed
        && kept.getAsDouble() == value
        && System.nanoTime() - lastWrite < gap;
  }

  /** Writes a set-point and reads it back. */
  SetPointReply apply(Exchange exchange, SetPoint setPoint) throws ModbusException {
    if (newest != setPoint) {
      return stale("a newer set-point came in between");
    }
    double value = scale.value(setPoint.limitWatts(), most);
    if (!isThere(value)) {
      write(exchange, value);
      confirmation = Confirmation.WRITTEN;
    }
    OptionalDouble read = readBack(exchange, value);
    if (!isSame(value, read)) {
      // Some devices acknowledge, but obey only what comes over a fresh connection.
      exchange.renew();
      write(exchange, value);
      read = readBack(exchange, value);
    }
    if (!isSame(value, read)) {
      String text = "%s was set to %s and shows %s".formatted(rule.register(), value, shown(read));
      faults.set("READ_BACK_DIFFERS", text);
      return new SetPointReply.Refused("READ_BACK_DIFFERS", text);
    }
    take(setPoint, value);
    return new SetPointReply.Confirmed(scale.watts(read.getAsDouble()), clock.instant());
  }

  private static String shown(OptionalDouble read) {
    return read.isPresent() ? Double.toString(read.getAsDouble()) : "nothing";
  }

  private void take(SetPoint setPoint, double value) {
    boolean changed = kept.isEmpty() || kept.getAsDouble() != value;
    keptSince = changed || lapsed ? System.nanoTime() : keptSince;
    disobeyed = disobeyed && !changed;
    kept = OptionalDouble.of(value);
    applied = setPoint;
    lapsed = false;
    confirmation = Confirmation.STORED;
    faults.clear("READ_BACK_DIFFERS");
    faults.clear("DECISION_TOO_OLD");
    faults.clear("REFUSED");
  }

  private void write(Exchange exchange, double value) throws ModbusException {
    Register register = map.register(rule.register());
    exchange.write(
        map.address(register, settings.point()), Codec.encode(register, value), register.write());
    lastWrite = System.nanoTime();
    watchdog.feed(lastWrite);
  }

  private boolean isSame(double written, OptionalDouble read) {
    return read.isPresent() && scale.isSame(written, read.getAsDouble());
  }

  /** Devices may show a value a moment after they acknowledged it. */
  private OptionalDouble readBack(Exchange exchange, double written) throws ModbusException {
    OptionalDouble read = OptionalDouble.empty();
    for (int round = 0; round < READ_BACKS; round++) {
      if (round > 0) {
        sleep();
      }
      read = reader.read(exchange, List.of(rule.readBack())).number(rule.readBack());
      if (isSame(written, read)) {
        return read;
      }
    }
    return read;
  }

  private static void sleep() throws ModbusException {
    try {
      TimeUnit.MILLISECONDS.sleep(READ_BACK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException(WireException.Kind.CLOSED, "the lane is closed", e);
    }
  }

  /** The device answered something. */
  void answered() {
    if (map.watchdog().fedBy() == FedBy.ANY_REQUEST) {
      watchdog.feed(System.nanoTime());
    }
  }

  /** Feeds the device's watchdog when half its time is over; gives the time until the next look. */
  Duration feed(Exchange exchange) throws ModbusException {
    if (kept.isEmpty() || lapsed) {
      return IDLE;
    }
    if (isTooOld(applied)) {
      lapse(exchange);
      return IDLE;
    }
    if (watchdog.timeout().isZero()) {
      return untilTooOld(IDLE);
    }
    if (!watchdog.untilDue(System.nanoTime()).isPositive()) {
      if (map.watchdog().fedBy() == FedBy.ANY_REQUEST) {
        reader.read(exchange, List.of(rule.readBack()));
        answered();
      } else {
        write(exchange, kept.getAsDouble());
      }
    }
    return untilTooOld(watchdog.untilDue(System.nanoTime()));
  }

  private Duration untilTooOld(Duration other) {
    Instant end = applied.decidedAt().plus(settings.decisionMaxAge());
    Duration left = Duration.between(clock.instant(), end).plus(SHORTEST);
    Duration next = left.compareTo(other) < 0 ? left : other;
    return next.compareTo(SHORTEST) < 0 ? SHORTEST : next;
  }

  /**
   * Leaves the device to its fallback. Where any request keeps its watchdog from acting, which
   * polls would do for ever, the fallback is set as a limit instead.
   */
  private void lapse(Exchange exchange) throws ModbusException {
    if (map.watchdog().fedBy() == FedBy.ANY_REQUEST) {
      write(exchange, scale.value(countedOn(), most));
    }
    lapsed = true;
    confirmation = Confirmation.NONE;
    faults.set(
        "DECISION_TOO_OLD",
        "no decision since %s; the charger goes on with its fallback"
            .formatted(applied.decidedAt()));
  }

  /** What the device allows by what was read; absent where that is not known. */
  OptionalInt limit(Values values) {
    OptionalDouble shown = values.number(map.watchdog().fallbackRegister());
    if (shown.isPresent()) {
      fallback = OptionalInt.of(fallbackWatts(shown.getAsDouble()));
    }
    OptionalDouble read = values.number(rule.readBack());
    if (read.isEmpty()) {
      return OptionalInt.empty();
    }
    int watts = scale.watts(read.getAsDouble());
    if (rule.inForce().isPresent()) {
      OptionalDouble says = values.number(rule.inForce().get().register());
      boolean counts = says.isPresent() && says.getAsDouble() == rule.inForce().get().equals();
      return OptionalInt.of(counts ? watts : countedOn());
    }
    if (map.watchdog().fedBy() == FedBy.ANY_REQUEST) {
      return OptionalInt.of(watts);
    }
    if (kept.isEmpty()) {
      // It may be running on either: nobody knows when it was set last.
      return OptionalInt.of(Math.max(watts, countedOn()));
    }
    return OptionalInt.of(watchdog.isExpired(System.nanoTime()) ? countedOn() : watts);
  }

  /** The fallback, or what the site counts on where the device does not say it. */
  private int countedOn() {
    return fallback.orElse(settings.fallbackWatts());
  }

  private int fallbackWatts(double value) {
    OptionalDouble none = map.watchdog().noFallback();
    return none.isPresent() && none.getAsDouble() == value ? 0 : scale.watts(value);
  }

  /** Whether the device shows another value than it was set to, as after a restart. */
  boolean isForgotten(Values values) {
    OptionalDouble read = values.number(rule.readBack());
    return kept.isPresent() && !lapsed && read.isPresent() && !isSame(kept.getAsDouble(), read);
  }

  /** Sees whether what is drawn keeps to the limit, once vehicles had time to follow. */
  void judge(OptionalDouble power) {
    long age = System.nanoTime() - keptSince;
    if (kept.isEmpty()
        || lapsed
        || power.isEmpty()
        || age < TimeUnit.SECONDS.toNanos(rule.takeUpSeconds())) {
      return;
    }
    int limit = scale.watts(kept.getAsDouble());
    if (power.getAsDouble() <= limit * TOLERANCE + TOLERANCE_WATTS) {
      confirmation = Confirmation.OBEYED;
      disobeyed = false;
      faults.clear("NOT_OBEYED");
    } else if (disobeyed) {
      confirmation = Confirmation.STORED;
      faults.set(
          "NOT_OBEYED",
          "draws %.0f W, though %d W are set; see whether something else at the charger sets limits"
              .formatted(power.getAsDouble(), limit));
    } else {
      disobeyed = true;
    }
  }

  Confirmation confirmation() {
    return confirmation;
  }

  OptionalInt fallback() {
    return fallback;
  }

  WatchdogTimer watchdog() {
    return watchdog;
  }
}
