package io.busbar.balancing;

import io.busbar.api.Address;
import io.busbar.api.Bus;
import io.busbar.api.DatabaseAccess;
import io.busbar.api.Health;
import io.busbar.api.Metrics;
import io.busbar.api.PluginContext;
import io.busbar.api.Registration;
import io.busbar.api.Request;
import io.busbar.api.Scheduler;
import io.busbar.api.Topic;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.KernelReady;
import io.busbar.balancing.record.MemoryHistory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * The balancing plugin as it runs, from a start to an end that comes without warning: after that
 * nobody answers, hears, sends or waits any more. What it kept is in a store that outlives it.
 */
public final class RunningBusbar implements PluginContext, Bus, Scheduler {

  private final Bus bus;
  private final Scheduler scheduler;
  private final Clock clock;
  private final JsonObject config;
  private final List<Registration> registrations = new ArrayList<>();
  private boolean dead;

  private RunningBusbar(Bus bus, Scheduler scheduler, Clock clock, JsonObject config) {
    this.bus = bus;
    this.scheduler = scheduler;
    this.clock = clock;
    this.config = config;
  }

  /** Starts, going on with what was kept. */
  public static RunningBusbar start(
      Bus bus, Scheduler scheduler, Clock clock, JsonObject config, LastingState state) {
    RunningBusbar running = new RunningBusbar(bus, scheduler, clock, config);
    new BalancingVerticle(
            running, BalancingConfig.from(config), new MemoryHistory(running, 1), state)
        .start();
    bus.tell(KernelAddresses.READY, new KernelReady(clock.instant()));
    return running;
  }

  /** Ends at once. */
  public void kill() {
    dead = true;
    registrations.forEach(Registration::close);
  }

  private Runnable whileAlive(Runnable task) {
    return () -> {
      if (!dead) {
        task.run();
      }
    };
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    return scheduler.after(delay, whileAlive(task));
  }

  @Override
  public Registration every(Duration firstDelay, Duration period, Runnable task) {
    Registration timer = scheduler.every(firstDelay, period, whileAlive(task));
    registrations.add(timer);
    return timer;
  }

  @Override
  public Duration elapsed() {
    return scheduler.elapsed();
  }

  @Override
  public <Q, R> Future<R> ask(Request<Q, R> address, Q question, Duration timeout) {
    Promise<R> reply = Promise.promise();
    bus.ask(address, question, timeout)
        .onComplete(
            done -> {
              if (!dead) {
                reply.handle(done);
              }
            });
    return reply.future();
  }

  @Override
  public <Q, R> Registration answer(
      Request<Q, R> address, Function<? super Q, ? extends R> answerer) {
    return held(bus.answer(address, answerer));
  }

  @Override
  public <Q, R> Registration answerLater(
      Request<Q, R> address, Function<? super Q, Future<? extends R>> answerer) {
    return held(bus.answerLater(address, answerer));
  }

  @Override
  public <E> void tell(Topic<E> topic, E event) {
    bus.tell(topic, event);
  }

  @Override
  public <E> Registration hear(Topic<E> topic, Consumer<? super E> listener) {
    return held(bus.hear(topic, listener));
  }

  private Registration held(Registration registration) {
    registrations.add(registration);
    return registration;
  }

  @Override
  public String pluginId() {
    return "balancing";
  }

  /** No other plugin runs beside it. */
  @Override
  public boolean isProvided(Address address) {
    return false;
  }

  @Override
  public JsonObject config() {
    return config;
  }

  @Override
  public Bus bus() {
    return this;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Scheduler scheduler() {
    return this;
  }

  @Override
  public Optional<DatabaseAccess> database() {
    return Optional.empty();
  }

  @Override
  public Metrics metrics() {
    return NOTHING_COUNTED;
  }

  @Override
  public Health health() {
    return (component, status, message) -> {};
  }

  @Override
  public Path dataFolder() {
    return Path.of("unused");
  }

  @Override
  public void restart(Throwable cause) {
    throw new AssertionError("balancing asked to be restarted", cause);
  }

  private static final Metrics NOTHING_COUNTED =
      new Metrics() {
        @Override
        public Counter counter(String name, String description, String... tags) {
          return amount -> {};
        }

        @Override
        public Timing timing(String name, String description, String... tags) {
          return duration -> {};
        }

        @Override
        public void gauge(String name, String description, DoubleSupplier value, String... tags) {}
      };
}
