package io.busbar.testkit;

import io.busbar.api.Bus;
import io.busbar.api.Registration;
import io.busbar.api.Request;
import io.busbar.api.Topic;
import io.busbar.virtual.InlineBus;
import io.busbar.virtual.VirtualTime;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** A bus for tests that remembers everything told and asked. Safe to use from several threads. */
public final class RecordingBus implements Bus {

  /** Something told or asked, in order. */
  public record Entry(String address, Object message) {}

  private final InlineBus bus;
  private final List<Entry> told = new CopyOnWriteArrayList<>();
  private final List<Entry> asked = new CopyOnWriteArrayList<>();

  public RecordingBus(VirtualTime time) {
    this.bus = new InlineBus(time);
  }

  /** Everything told on a topic, whatever its key, oldest first. */
  public <E> List<E> told(Topic<E> topic) {
    return messages(told, topic.name(), topic.eventType());
  }

  /** Everything asked at a request, whatever its key, oldest first. */
  public <Q> List<Q> asked(Request<Q, ?> request) {
    return messages(asked, request.name(), request.questionType());
  }

  /** Forgets what was told and asked so far; answerers and listeners stay. */
  public void forget() {
    told.clear();
    asked.clear();
  }

  private static <M> List<M> messages(List<Entry> entries, String name, Class<M> type) {
    return entries.stream()
        .filter(e -> e.address().equals(name) || e.address().startsWith(name + '@'))
        .map(Entry::message)
        .map(type::cast)
        .toList();
  }

  @Override
  public <Q, R> Future<R> ask(Request<Q, R> address, Q question, Duration timeout) {
    asked.add(new Entry(address.qualified(), question));
    return bus.ask(address, question, timeout);
  }

  @Override
  public <Q, R> Registration answer(
      Request<Q, R> address, Function<? super Q, ? extends R> answerer) {
    return bus.answer(address, answerer);
  }

  @Override
  public <Q, R> Registration answerLater(
      Request<Q, R> address, Function<? super Q, Future<? extends R>> answerer) {
    return bus.answerLater(address, answerer);
  }

  @Override
  public <E> void tell(Topic<E> topic, E event) {
    told.add(new Entry(topic.qualified(), event));
    bus.tell(topic, event);
  }

  @Override
  public <E> Registration hear(Topic<E> topic, Consumer<? super E> listener) {
    return bus.hear(topic, listener);
  }
}
