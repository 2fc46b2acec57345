package io.busbar.balancing.safety;

import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.Strategy;
import io.busbar.api.topology.Wiring.Phases;
import java.util.List;

/**
 * Everything that is to happen in one run, as plain data: two runs of one plan are the same, and a
 * plan with something left out is a plan again. Times are milliseconds since the start of the run.
 *
 * @param seed what it was made from
 * @param settings how Busbar is configured
 * @param branches the grid connection, then circuits, parents first
 * @param devices connectors with a charger each
 * @param events what happens, in the order of time
 * @param quietFrom when the last of it is over
 */
record Plan(
    long seed,
    Settings settings,
    List<Branch> branches,
    List<DeviceFacts> devices,
    List<Event> events,
    long quietFrom) {

  /** Time after everything for the site to come to rest. */
  static final long REST = 60_000;

  Plan {
    branches = List.copyOf(branches);
    devices = List.copyOf(devices);
    events = List.copyOf(events);
  }

  record Settings(
      Strategy strategy,
      Granularity granularity,
      int cycleSeconds,
      int minOnSeconds,
      int aggregateWatts) {}

  /**
   * A grid connection or circuit.
   *
   * @param parent place of its parent; −1 for the grid connection
   * @param amps what each of its three lines carries; 0 for no bound
   * @param metered whether a meter is there
   */
  record Branch(String name, int parent, int watts, int amps, boolean metered) {}

  /**
   * A charger.
   *
   * @param branch place of the branch it hangs from
   * @param delay how long a set-point takes to be confirmed; it is in force after half of that
   * @param readEvery how often it is read
   */
  record DeviceFacts(
      String name,
      int branch,
      Phases phases,
      int stepAmps,
      int failSafeAmps,
      int watchdogSeconds,
      int delay,
      int readEvery) {}

  /** What a charger does for some time. */
  enum Trouble {
    /** Says no to set-points. */
    REFUSES,
    /** Set-points never arrive. */
    LOSES_ORDERS,
    /** Takes set-points, and nobody hears of it. */
    LOSES_ANSWERS,
    /** Takes set-points long after nobody waits for the answer any more. */
    IS_LATE,
    /** Confirms in the last moment. */
    IS_SLOW,
    /** Is not read. */
    IS_MUTE,
    /** What was read arrives late. */
    IS_HEARD_LATE
  }

  /** Something that happens. */
  sealed interface Event {
    long at();

    record Plugs(long at, String device, boolean in) implements Event {}

    record Troubles(long at, String device, Trouble trouble, long lasting) implements Event {}

    record Reboots(long at, String device, long lasting) implements Event {}

    /** Another limit of a branch; of the whole site when it has no name. */
    record Limits(long at, String branch, int watts, int amps) implements Event {}

    record Loads(long at, String branch, int watts) implements Event {}

    /** A meter shows something else than there is. */
    record Lies(long at, String branch, int watts, long lasting) implements Event {}

    record Jumps(long at, int seconds) implements Event {}

    record Restarts(long at, long down) implements Event {}

    record Chooses(long at, Strategy strategy, Granularity granularity) implements Event {}
  }
}
