package io.busbar.kernel.bus;

import io.busbar.api.Address;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One plugin's view of the bus: what it registered ends with it, whatever the plugin forgets; it
 * answers only where it said it would; and it hears {@code kernel.ready.v1} once, even when it
 * joins late.
 */
public final class OwnedBus implements Bus, AutoCloseable {

  private final Bus bus;
  private final Topic<KernelReady> ready;
  private final Set<String> provided;
  private final Leases registrations = new Leases();

  /**
   * @param owner name of this run of the plugin, never used before
   * @param provides what the plugin says it answers
   */
  public OwnedBus(Bus bus, String owner, Set<Address> provides) {
    this.bus = bus;
    this.ready = KernelAddresses.READY.at(owner);
    this.provided = provides.stream().map(Address::name).collect(Collectors.toSet());
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
    return registrations.hold(() -> bus.answer(declared(address), answerer));
  }

  @Override
  public <Q, R> Registration answerLater(
      Request<Q, R> address, Function<? super Q, Future<? extends R>> answerer) {
    return registrations.hold(() -> bus.answerLater(declared(address), answerer));
  }

  private <Q, R> Request<Q, R> declared(Request<Q, R> address) {
    if (!provided.contains(address.name())) {
      throw new IllegalStateException(
          "answers " + address.name() + ", which its provides() does not name");
    }
    return address;
  }

  @Override
  public <E> void tell(Topic<E> topic, E event) {
    bus.tell(topic, event);
  }

  @Override
  public <E> Registration hear(Topic<E> topic, Consumer<? super E> listener) {
    return registrations.hold(
        () ->
            topic.equals(KernelAddresses.READY)
                ? bus.hear(ready, event -> listener.accept(topic.eventType().cast(event)))
                : bus.hear(topic, listener));
  }

  @Override
  public void close() {
    registrations.close();
  }
}
