package io.busbar.kernel.bus;

import io.busbar.api.Bus;
import io.busbar.api.Registration;
import io.busbar.api.Request;
import io.busbar.api.Topic;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.KernelReady;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One plugin's view of the bus: what it registered ends with it, whatever the plugin forgets, and
 * it hears {@code kernel.ready.v1} once, even when it joins late.
 */
public final class OwnedBus implements Bus, AutoCloseable {

  private final Bus bus;
  private final Topic<KernelReady> ready;
  private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();

  /**
   * @param owner name of this run of the plugin, never used before
   */
  public OwnedBus(Bus bus, String owner) {
    this.bus = bus;
    this.ready = KernelAddresses.READY.at(owner);
  }

  /** Tells this plugin alone that it may ask others from now on. */
  public void tellReady(Instant now) {
    bus.tell(ready, new KernelReady(now));
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
    return own(
        topic.equals(KernelAddresses.READY)
            ? bus.hear(ready, event -> listener.accept(topic.eventType().cast(event)))
            : bus.hear(topic, listener));
  }

  private Registration own(Registration registration) {
    registrations.add(registration);
    return () -> {
      registrations.remove(registration);
      registration.close();
    };
  }

  @Override
  public void close() {
    registrations.forEach(Registration::close);
    registrations.clear();
  }
}
