package io.busbar.balancing.safety;

import static io.busbar.balancing.SiteSketch.id;

import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.SetSettings;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.balancing.LastingState;
import io.busbar.balancing.RunningBusbar;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.safety.Plan.DeviceFacts;
import io.busbar.balancing.safety.Plan.Event;
import io.busbar.testkit.LeapClock;
import io.busbar.virtual.InlineBus;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Plays a plan: the real plugin on one side, chargers, meters and people on the other, and between
 * them a bus in virtual time. Time here is physical and never jumps; what Busbar takes for the time
 * is {@link #clock}.
 */
final class World {

  private static final UUID SITE = id("site");
  private static final long METERED_EVERY = 2_000;
  private static final long LATELY = 25_000;

  private final Plan plan;
  private final LeapClock time = new LeapClock();
  private final JumpingClock clock = new JumpingClock(time);
  private final InlineBus bus = new InlineBus(time);
  private final Wires wires;
  private final Watch watch;
  private final Map<String, Charger> chargers = new LinkedHashMap<>();
  private final LastingState kept = new LastingState();
  private RunningBusbar busbar;
  private final Map<UUID, Set<Integer>> decided = new HashMap<>();

  World(Plan plan) {
    this.plan = plan;
    this.wires = new Wires(plan, bus, clock);
    for (DeviceFacts facts : plan.devices()) {
      ConnectorRating rating = wires.rating(facts.name());
      Charger charger = new Charger(this, facts, rating);
      chargers.put(facts.name(), charger);
      bus.answerLater(FieldAddresses.SET_POINT.at(rating.nodeId()), charger::set);
      every(facts.readEvery(), charger::read);
      every(250, charger::watch);
    }
    this.watch = new Watch(plan, wires, List.copyOf(chargers.values()));
    every(METERED_EVERY, this::meter);
    bus.hear(
        BalancingAddresses.CYCLE_COMPLETED.at(SITE),
        (CycleCompleted completed) -> note(completed.cycle()));
    plan.events().forEach(event -> after(event.at(), () -> happen(event)));
    after(0, this::start);
  }

  /** Plays it to its end; throws {@link Counterexample}. */
  Watch play() {
    try {
      time.advance(Duration.ofMillis(plan.quietFrom() + Plan.REST));
    } catch (AssertionError thrown) {
      if (thrown.getCause() instanceof Counterexample found) {
        throw found;
      }
      throw new Counterexample("fault", thrown.getCause());
    }
    watch.rest(now(), decided);
    return watch;
  }

  private void note(CycleResult cycle) {
    if (now() > plan.quietFrom() + Plan.REST - LATELY) {
      cycle
          .allocationSummary()
          .byNode()
          .forEach(
              node ->
                  decided
                      .computeIfAbsent(node.nodeId(), id -> new TreeSet<>())
                      .add(node.allocatedWatts()));
    }
  }

  /** Physical time since the start, in milliseconds. */
  long now() {
    return time.elapsed().toMillis();
  }

  Clock clock() {
    return clock;
  }

  void after(long millis, Runnable task) {
    time.after(Duration.ofMillis(millis), task);
  }

  private void every(long millis, Runnable task) {
    time.every(Duration.ofMillis(millis), Duration.ofMillis(millis), task);
  }

  private void start() {
    JsonObject config =
        new JsonObject()
            .put("strategy", plan.settings().strategy().name())
            .put("granularity", plan.settings().granularity().name())
            .put("cycle_seconds", plan.settings().cycleSeconds())
            .put("min_on_seconds", plan.settings().minOnSeconds());
    busbar = RunningBusbar.start(bus, time, clock, config, kept);
    watch.started(now());
  }

  private void happen(Event event) {
    switch (event) {
      case Event.Plugs it -> charger(it.device()).ifPresent(at -> at.plug(it.in()));
      case Event.Troubles it ->
          charger(it.device()).ifPresent(at -> at.trouble(it.trouble(), now() + it.lasting()));
      case Event.Reboots it -> charger(it.device()).ifPresent(at -> at.reboot(it.lasting()));
      case Event.Loads it -> wires.load(it.branch(), it.watts());
      case Event.Lies it -> wires.lie(it.branch(), it.watts(), now() + it.lasting());
      case Event.Jumps it -> clock.jump(Duration.ofSeconds(it.seconds()));
      case Event.Limits it -> limit(it);
      case Event.Restarts it -> restart(it.down());
      case Event.Chooses it ->
          bus.ask(
              BalancingAddresses.SET_SETTINGS.at(SITE),
              new SetSettings(
                  Optional.of(it.strategy()), Optional.of(it.granularity()), "someone", "chosen"));
    }
  }

  private Optional<Charger> charger(String name) {
    return Optional.ofNullable(chargers.get(name));
  }

  private void limit(Event.Limits limits) {
    wires.limit(limits);
    watch.limitChanged(wires.node(limits.branch()), now());
    wires.tell(limits);
  }

  private void restart(long down) {
    if (busbar == null) {
      return;
    }
    busbar.kill();
    busbar = null;
    watch.ended();
    chargers.values().forEach(Charger::restartDriver);
    after(down, this::start);
  }

  private void meter() {
    List<Reading> readings = wires.read(now(), chargers.values());
    after(30, () -> tell(readings));
  }

  private void tell(List<Reading> readings) {
    bus.tell(FieldAddresses.READINGS.at(SITE), new Readings(SITE, "wires", readings));
  }

  /** What was read of a charger arrives. */
  void heard(Charger charger, Reading reading, long measured) {
    tell(List.of(reading));
    watch.known(charger, measured, now());
  }

  /** A charger's answer arrives. */
  void confirmed(Charger charger, long set) {
    watch.known(charger, set, now());
  }

  /** A charger has taken a set-point. */
  void took(Charger charger, int before, long asked) {
    watch.took(charger, before, asked, now());
  }

  void watchdogRanOut(Charger charger) {
    watch.watchdogRanOut(charger, now());
  }

  void changedByItself(Charger charger, int before, String why) {
    watch.changedByItself(charger, before, why, now());
  }

  /** A clock that somebody sets now and then. */
  private static final class JumpingClock extends Clock {
    private final Clock steady;
    private Duration ahead = Duration.ZERO;

    JumpingClock(Clock steady) {
      this.steady = steady;
    }

    void jump(Duration by) {
      ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
      return steady.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return steady.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return steady.withZone(zone);
    }
  }
}
