package io.busbar.oscp;

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
import io.busbar.testkit.FakeContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** A context whose clock can be set; timers go on as if it was not. */
final class SkewedContext implements PluginContext {

  private final FakeContext context;
  private final OwnedBus bus;
  private volatile Duration skew = Duration.ZERO;

  SkewedContext(FakeContext context) {
    this.context = context;
    this.bus = new OwnedBus(context.bus());
  }

  void skew(Duration by) {
    skew = by;
  }

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return context.clock().getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return context.clock().withZone(zone);
      }

      @Override
      public Instant instant() {
        return context.clock().instant().plus(skew);
      }
    };
  }

  @Override
  public String pluginId() {
    return context.pluginId();
  }

  @Override
  public JsonObject config() {
    return context.config();
  }

  @Override
  public Bus bus() {
    return bus;
  }

  /** Takes back what the plugin registered, as the kernel does. */
  void close() {
    bus.registrations.forEach(Registration::close);
  }

  /** Remembers what was registered. */
  private static final class OwnedBus implements Bus {

    private final Bus bus;
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    OwnedBus(Bus bus) {
      this.bus = bus;
    }

    private Registration own(Registration registration) {
      registrations.add(registration);
      return registration;
    }

    @Override
    public <Q, R> Future<R> ask(Request<Q, R> address, Q question, Duration timeout) {
      return bus.ask(address, question, timeout);
    }

    @Override
    public <Q, R> Registration answer(
        Request<Q, R> address, Function<? super Q, ? extends R> answerer) {
      return own(bus.answer(address, answerer));
    }

    @Override
    public <Q, R> Registration answerLater(
        Request<Q, R> address, Function<? super Q, Future<? extends R>> answerer) {
      return own(bus.answerLater(address, answerer));
    }

    @Override
    public <E> void tell(Topic<E> topic, E event) {
      bus.tell(topic, event);
    }

    @Override
    public <E> Registration hear(Topic<E> topic, Consumer<? super E> listener) {
      return own(bus.hear(topic, listener));
    }
  }

  @Override
  public Scheduler scheduler() {
    return context.scheduler();
  }

  @Override
  public Optional<DatabaseAccess> database() {
    return context.database();
  }

  @Override
  public Metrics metrics() {
    return context.metrics();
  }

  @Override
  public Health health() {
    return context.health();
  }

  @Override
  public Path dataFolder() {
    return context.dataFolder();
  }

  @Override
  public boolean isProvided(Address address) {
    return context.isProvided(address);
  }

  @Override
  public void restart(Throwable cause) {
    context.restart(cause);
  }
}
