package io.busbar.modbus.charger;

import io.busbar.api.field.Device;
import io.busbar.api.field.Device.Identity;
import io.busbar.api.field.Device.Link;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.modbus.lane.Exchange;
import io.busbar.modbus.lane.Lane;
import io.busbar.modbus.lane.LaneStatistics;
import io.busbar.modbus.lane.Priority;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.Values;
import io.busbar.modbus.wire.DeviceException;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.WireException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One connector of a charger: reads it every {@code poll}, brings set-points to it, keeps its
 * watchdog fed, and says what is wrong. It works on its connection's thread.
 */
public final class ModbusCharger implements AutoCloseable {

  /** Less than the five seconds that whoever sets a limit waits. */
  private static final Duration SET_WITHIN = Duration.ofMillis(4700);

  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int POLLS_UNTIL_OFFLINE = 3;

  private final RegisterMap map;
  private final ChargerSettings settings;
  private final Lane lane;
  private final String driver;
  private final String address;
  private final Clock clock;
  private final ChargerListener listener;
  private final RegisterReader reader;
  private final Readout readout;
  private final DeviceSetup setup;
  private final Plausibility plausibility;
  private final SetpointKeeper keeper;
  private final FaultList faults = new FaultList();
  private final AtomicBoolean feeding = new AtomicBoolean();
  private volatile boolean closed;
  private volatile Device told;
  private Values identity = Values.NONE;
  private Values slow = Values.NONE;
  private long slowAt = System.nanoTime() - SLOW_NANOS;
  private boolean prepared;
  private long preparedOn;
  private int missedPolls;
  private Link link = Link.CONNECTING;
  private Optional<Instant> lastAnswerAt = Optional.empty();
  private long nextPollAt;
  private long lookedAt = System.nanoTime();

  /**
   * Makes a charger that does nothing until {@link #start}.
   *
   * @param driver plugin id of the driver
   * @param address where it is, for people
   */
  public ModbusCharger(
      RegisterMap map,
      ChargerQuirk quirk,
      ChargerSettings settings,
      Lane lane,
      String driver,
      String address,
      Clock clock,
      ChargerListener listener) {
    this.map = map;
    this.settings = settings;
    this.lane = lane;
    this.driver = driver;
    this.address = address;
    this.clock = clock;
    this.listener = listener;
    this.reader = new RegisterReader(map, settings);
    this.readout = new Readout(map, settings, quirk);
    SetpointScale scale = new SetpointScale(map.setpoint(), settings.wattsPerAmp());
    this.setup = new DeviceSetup(map, settings, reader, scale);
    this.plausibility = new Plausibility(map, settings.maxWatts());
    this.keeper = new SetpointKeeper(map, settings, reader, scale, clock, faults);
    this.told = device();
  }

  /** Begins to poll, at a random instant within the first period so that not all come at once. */
  public void start() {
    long spread = ThreadLocalRandom.current().nextLong(settings.poll().toNanos() / 4 + 1);
    nextPollAt = System.nanoTime() + spread;
    schedulePoll();
  }

  private void schedulePoll() {
    if (closed) {
      return;
    }
    long now = System.nanoTime();
    Duration delay = Duration.ofNanos(Math.max(0, nextPollAt - now));
    nextPollAt = Math.max(nextPollAt, now) + settings.poll().toNanos();
    lane.submit(settings.unit(), Priority.FAST_POLL, delay, settings.poll(), this::poll)
        .whenComplete((values, failure) -> polled(failure));
  }

  private Values poll(Exchange exchange) throws ModbusException {
    prepare(exchange);
    Values fast = reader.read(exchange, map.read().fast());
    Instant at = clock.instant();
    if (System.nanoTime() - slowAt >= SLOW_NANOS) {
      slow = reader.read(exchange, map.read().slow());
      slowAt = System.nanoTime();
    }
    noteMissing();
    keeper.answered();
    lastAnswerAt = Optional.of(at);
    judge(slow.and(fast), fast, at);
    return fast;
  }

  /** Runs the device's setup when it was reached anew. */
  private void prepare(Exchange exchange) throws ModbusException {
    long connection = exchange.connection();
    if (prepared && (settings.shared() || connection == preparedOn)) {
      return;
    }
    if (link != Link.CONNECTING) {
      reader.forget();
    }
    DeviceSetup.Found found = setup.run(exchange);
    identity = found.identity();
    slowAt = System.nanoTime() - SLOW_NANOS;
    Values most = reader.read(exchange, map.setpoint().mostRegister().stream().toList());
    keeper.prepared(found, most.number(map.setpoint().mostRegister()));
    note(found);
    prepared = true;
    preparedOn = connection;
  }

  private void note(DeviceSetup.Found found) {
    mark("SETUP_DIFFERS", !found.problems().isEmpty(), String.join("; ", found.problems()));
    mark(
        "NO_WATCHDOG",
        found.timeout().isZero(),
        "its watchdog is off: without us it goes on as it is");
    int fallback = found.fallbackWatts().orElse(0);
    mark(
        "UNSAFE_FALLBACK",
        fallback > settings.fallbackWatts(),
        "without set-points it allows %d W, the site counts on %d W"
            .formatted(fallback, settings.fallbackWatts()));
  }

  /** What it does not have it may have after a moment, when it was busy or starting. */
  private void noteMissing() {
    List<String> missing = reader.missing();
    mark("REGISTER_MISSING", !missing.isEmpty(), "it does not have " + String.join(", ", missing));
    if (!missing.isEmpty() && System.nanoTime() - lookedAt > LOOK_AGAIN_NANOS) {
      lookedAt = System.nanoTime();
      reader.forget();
    }
  }

  private void mark(String code, boolean wrong, String text) {
    if (wrong) {
      faults.set(code, text);
    } else {
      faults.clear(code);
    }
  }

  /** Values that cannot be true are not told; what is told is of this poll. */
  private void judge(Values all, Values fast, Instant at) {
    List<String> problems = plausibility.problems(fast, System.nanoTime());
    mark("IMPLAUSIBLE", !problems.isEmpty(), String.join(", ", problems));
    if (!problems.isEmpty()) {
      return;
    }
    if (keeper.isForgotten(fast)) {
      prepared = false;
    }
    faults.set("DEVICE", readout.faults(all));
    keeper.judge(readout.power(fast));
    Values told = map.measured().energy().filter(fast::has).isPresent() ? fast : all;
    listener.read(readout.reading(told, at, keeper.limit(all)));
  }

  private void polled(Throwable failure) {
    if (failure == null) {
      missedPolls = 0;
      link = Link.ONLINE;
      faults.clear("OFFLINE");
    } else {
      missed(failure);
    }
    report();
    schedulePoll();
  }

  private void missed(Throwable failure) {
    missedPolls++;
    if (failure instanceof WireException) {
      prepared = settings.shared() && prepared && missedPolls == 1;
    }
    if (missedPolls >= POLLS_UNTIL_OFFLINE || link == Link.CONNECTING) {
      link = Link.OFFLINE;
      faults.set("OFFLINE", failure.getMessage());
    }
  }

  /**
   * Sets what the connector may draw.
   *
   * @return what came of it; never completed when it is not known whether the device took it
   */
  public CompletableFuture<SetPointReply> set(SetPoint setPoint) {
    Optional<SetPointReply> refusal = keeper.offer(setPoint);
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(refusal.get());
    }
    CompletableFuture<SetPointReply> reply = new CompletableFuture<>();
    attempt(setPoint, System.nanoTime() + SET_WITHIN.toNanos(), reply);
    return reply;
  }

  private void attempt(SetPoint setPoint, long deadline, CompletableFuture<SetPointReply> reply) {
    AtomicBoolean begun = new AtomicBoolean();
    Duration delay = keeper.untilWritable(setPoint);
    Duration within = Duration.ofNanos(deadline - System.nanoTime()).minus(delay);
    lane.submit(
            settings.unit(),
            Priority.SET_POINT,
            delay,
            within.isPositive() ? within : Duration.ofMillis(1),
            exchange -> {
              prepare(exchange);
              begun.set(true);
              return keeper.apply(exchange, setPoint);
            })
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                reply.complete(done);
                feed(Duration.ZERO);
              } else {
                failed(setPoint, deadline, reply, begun.get(), failure);
              }
              report();
            });
  }

  private void failed(
      SetPoint setPoint,
      long deadline,
      CompletableFuture<SetPointReply> reply,
      boolean begun,
      Throwable failure) {
    if (failure instanceof DeviceException) {
      faults.set("REFUSED", failure.getMessage());
      reply.complete(new SetPointReply.Refused("DEVICE_REFUSED", failure.getMessage()));
    } else if (!closed && System.nanoTime() < deadline) {
      attempt(setPoint, deadline, reply);
    } else if (!begun) {
      reply.complete(new SetPointReply.Refused("DEVICE_OFFLINE", failure.getMessage()));
    }
  }

  /** Looks after the watchdog from the first set-point on. */
  private void feed(Duration delay) {
    if (delay.isZero() && !feeding.compareAndSet(false, true)) {
      return;
    }
    if (!closed) {
      Duration half = keeper.watchdog().timeout().dividedBy(2).plusSeconds(1);
      lane.submit(settings.unit(), Priority.FEED, delay, half, keeper::feed)
          .whenComplete((next, failure) -> feed(failure == null ? next : Duration.ofMillis(100)));
    }
  }

  private void report() {
    Device now = device();
    if (!isSame(now, told)) {
      told = now;
      listener.changed(now);
    }
  }

  private static boolean isSame(Device a, Device b) {
    return a.link() == b.link()
        && a.identity().equals(b.identity())
        && a.confirmation() == b.confirmation()
        && a.fallbackWatts().equals(b.fallbackWatts())
        && a.watchdogSeconds().equals(b.watchdogSeconds())
        && a.faults().equals(b.faults());
  }

  private Device device() {
    Duration timeout = keeper.watchdog().timeout();
    return new Device(
        settings.microgridId(),
        settings.nodeId(),
        settings.name(),
        driver,
        address,
        clock.instant(),
        link,
        lastAnswerAt,
        new Identity(
            map.vendor(),
            map.identity().model().flatMap(identity::shown),
            map.identity().serial().flatMap(identity::shown),
            map.identity().firmware().flatMap(identity::shown)),
        keeper.confirmation(),
        keeper.fallback(),
        timeout.isZero()
            ? OptionalInt.empty()
            : OptionalInt.of(Math.toIntExact(timeout.toSeconds())),
        faults.all());
  }

  /** What is known of the device, as told last. */
  public Device known() {
    return told;
  }

  /** Its settings. */
  public ChargerSettings settings() {
    return settings;
  }

  /** Longest time between two acknowledged feeds of its watchdog. */
  public Duration longestFeedGap() {
    return keeper.watchdog().longestGap();
  }

  /** What happened on its connection, which it may share. */
  public LaneStatistics statistics() {
    return lane.statistics();
  }

  /** Ends polling and feeding; the connection is closed by whoever opened it. */
  @Override
  public void close() {
    closed = true;
  }
}
