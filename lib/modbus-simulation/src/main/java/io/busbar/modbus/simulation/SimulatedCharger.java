package io.busbar.modbus.simulation;

import io.busbar.api.field.VehicleState;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.RegisterMap.SetupWrite;
import io.busbar.modbus.map.SetpointRule.Unit;
import io.busbar.modbus.map.WatchdogRule.FedBy;
import io.busbar.modbus.wire.Space;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A charger as its register map describes it: takes limits, lets a vehicle draw, and falls back by
 * itself when its watchdog is not fed. Times are real ones. Safe to use from several threads.
 */
public final class SimulatedCharger {

  private static final double NANOS = 1e9;
  private static final double SECONDS_PER_HOUR = 3600;
  private static final double VOLTS = 230;

  /** No meter is new. */
  private static final double FIRST_WATT_HOURS = 1000;

  /** What is plugged in, where something else plays it; asked at every answer, from any thread. */
  public interface Load {

    VehicleState vehicle();

    /** Active power now. */
    double watts();

    /** Energy given since the beginning. */
    double wattHours();
  }

  /** A value that somebody wrote. */
  public record Write(String key, double value, long at) {}

  private final RegisterMap map;
  private final RegisterImage image;
  private final int wattsPerAmp;
  private final List<Write> writes = new CopyOnWriteArrayList<>();
  private Optional<Load> load = Optional.empty();
  private double vehicleWatts;
  private boolean plugged;
  private boolean disobedient;
  private double fallback;
  private double timeoutSeconds;
  private long fedAt = System.nanoTime();
  private boolean fed;
  private double energy = FIRST_WATT_HOURS;
  private long movedAt = System.nanoTime();

  /**
   * A charger without a vehicle, which nobody has set.
   *
   * @param wattsPerAmp watts of one ampere per phase
   */
  public SimulatedCharger(RegisterMap map, int point, int wattsPerAmp) {
    this.map = map;
    this.image = new RegisterImage(map, point);
    this.wattsPerAmp = wattsPerAmp;
    this.timeoutSeconds = map.watchdog().seconds();
    map.setpoint().mostRegister().ifPresent(key -> image.number(key, 32));
    map.watchdog().timeoutRegister().ifPresent(key -> image.number(key, timeoutSeconds));
    show();
  }

  /** A vehicle comes that takes so much. */
  public synchronized void plug(double watts) {
    move();
    plugged = true;
    vehicleWatts = watts;
  }

  public synchronized void unplug() {
    move();
    plugged = false;
  }

  /** Shows what something else plays, which has to keep to {@link #limitWatts}. */
  public synchronized void follow(Load played) {
    load = Optional.of(played);
  }

  /** What it allows now, by its set-point or its fallback. */
  public synchronized double limitWatts() {
    double limit = limit() < map.setpoint().least() ? 0 : limit();
    return map.setpoint().unit() == Unit.W ? limit : limit * wattsPerAmp;
  }

  /** Draws what the vehicle wants, whatever is set. */
  public synchronized void disobey(boolean value) {
    disobedient = value;
  }

  /** Sets the watchdog, for devices where an installer does. */
  public synchronized void watchdog(double seconds, double fallbackValue) {
    timeoutSeconds = seconds;
    fallback = fallbackValue;
    map.watchdog().fallbackRegister().ifPresent(key -> image.number(key, fallbackValue));
    map.watchdog().timeoutRegister().ifPresent(key -> image.number(key, seconds));
  }

  /** Starts anew: what was set is gone. */
  public synchronized void restart() {
    fed = false;
    image.number(map.setpoint().register(), 0);
    image.number(map.setpoint().readBack(), 0);
  }

  /** Everything written so far, oldest first. */
  public List<Write> writes() {
    return List.copyOf(writes);
  }

  /** Active power now. */
  public synchronized double watts() {
    move();
    return power();
  }

  /** Whether it is on its fallback. */
  public synchronized boolean isOnFallback() {
    return !inForce();
  }

  /** For tests that want another register to say something. */
  public synchronized void with(java.util.function.Consumer<RegisterImage> change) {
    change.accept(image);
  }

  synchronized Optional<int[]> read(Space space, int address, int count) {
    boolean whole =
        image.keyAt(space, address).filter(key -> image.register(key).words() == count).isPresent();
    if (!map.limits().joinsRegisters() && !whole) {
      return Optional.empty();
    }
    asked(FedBy.ANY_REQUEST);
    show();
    return image.read(space, address, count);
  }

  /** Takes a written value; false where there is none to write. */
  synchronized boolean write(int address, int[] words) {
    Optional<String> key = image.keyAt(Space.HOLDING, address);
    if (key.isEmpty() || map.register(key.get()).access() == Register.Access.R) {
      return false;
    }
    Register register = map.register(key.get());
    if (register.words() != words.length) {
      return false;
    }
    move();
    image.words(key.get(), words);
    double value = image.number(key.get());
    writes.add(new Write(key.get(), value, System.nanoTime()));
    if (key.get().equals(map.setpoint().register())) {
      image.number(map.setpoint().readBack(), value);
      asked(FedBy.SETPOINT);
    } else {
      asked(FedBy.ANY_WRITE);
      settle(key.get(), value);
    }
    return true;
  }

  /** Shows what was set up where the device shows it. */
  private void settle(String key, double value) {
    for (SetupWrite write : map.setup()) {
      if (write.register().equals(key) && write.check().isPresent()) {
        image.number(write.check().get(), value);
        if (write.check().equals(map.watchdog().timeoutRegister())) {
          timeoutSeconds = value;
        } else if (write.check().equals(map.watchdog().fallbackRegister())) {
          fallback = value;
        }
      }
    }
  }

  private void asked(FedBy what) {
    FedBy needed = map.watchdog().fedBy();
    boolean counts =
        switch (needed) {
          case ANY_REQUEST -> true;
          case ANY_WRITE -> what != FedBy.ANY_REQUEST;
          case SETPOINT -> what == FedBy.SETPOINT;
        };
    if (counts) {
      move();
      fedAt = System.nanoTime();
      fed = true;
    }
  }

  private boolean inForce() {
    boolean off =
        timeoutSeconds == 0
            || (map.watchdog().off().isPresent()
                && map.watchdog().off().getAsDouble() == timeoutSeconds);
    return fed && (off || (System.nanoTime() - fedAt) / NANOS <= timeoutSeconds);
  }

  private double limit() {
    boolean none =
        map.watchdog().noFallback().isPresent()
            && map.watchdog().noFallback().getAsDouble() == fallback;
    double value = none ? 0 : fallback;
    return inForce() ? image.number(map.setpoint().register()) : value;
  }

  private double power() {
    if (load.isPresent()) {
      return load.get().watts();
    }
    double allowed = disobedient ? vehicleWatts : Math.min(limitWatts(), vehicleWatts);
    return plugged ? allowed : 0;
  }

  private VehicleState vehicle() {
    if (load.isPresent()) {
      return load.get().vehicle();
    }
    if (!plugged) {
      return VehicleState.NONE;
    }
    return power() > 0 ? VehicleState.CHARGING : VehicleState.CONNECTED;
  }

  private void move() {
    long now = System.nanoTime();
    energy += power() * (now - movedAt) / NANOS / SECONDS_PER_HOUR;
    load.ifPresent(played -> energy = FIRST_WATT_HOURS + played.wattHours());
    movedAt = now;
  }

  /** Brings the registers up to now. */
  private void show() {
    move();
    String status = map.status().register();
    String raw = status(vehicle());
    if (map.register(status).type() == Register.Type.TEXT) {
      image.text(status, raw);
    } else {
      image.number(status, (double) (Long.parseLong(raw) << map.status().shift()));
    }
    map.measured().power().ifPresent(key -> image.number(key, power()));
    map.measured().energy().ifPresent(key -> image.number(key, energy));
    map.measured().voltages().forEach(key -> image.number(key, VOLTS));
    map.measured().currents().forEach(key -> image.number(key, power() / wattsPerAmp));
    map.setpoint()
        .inForce()
        .ifPresent(
            rule -> image.number(rule.register(), inForce() ? rule.equals() : rule.equals() - 1));
    showExtras();
  }

  /** What single vendors show besides. */
  private void showExtras() {
    boolean there = vehicle() != VehicleState.NONE;
    show("cable_state", there ? 7 : 3);
    show("lock_state", there ? 273 : 17);
    show("process_state", !there ? 0 : vehicle() == VehicleState.CHARGING ? 3 : 1);
    show("applied_max_current", limit());
    if (!inForce() && !map.setpoint().readBack().equals(map.setpoint().register())) {
      image.number(map.setpoint().readBack(), limit());
    }
  }

  private void show(String key, double value) {
    if (map.registers().containsKey(key)) {
      image.number(key, value);
    }
  }

  /** Of several values for one state the second: that in which the device permits charging. */
  private String status(VehicleState state) {
    List<String> all =
        map.status().values().entrySet().stream()
            .filter(entry -> entry.getValue() == state)
            .map(Map.Entry::getKey)
            .sorted(
                Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
            .toList();
    // Where another register tells whether a vehicle is there, this one has no value for none.
    return all.isEmpty() ? status(VehicleState.CONNECTED) : all.get(Math.min(1, all.size() - 1));
  }
}
