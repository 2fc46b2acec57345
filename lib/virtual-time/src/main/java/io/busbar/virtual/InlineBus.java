package io.busbar.virtual;

import io.busbar.api.Bus;
import io.busbar.api.BusException;
import io.busbar.api.Registration;
import io.busbar.api.Request;
import io.busbar.api.Topic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bus without threads, for virtual time. A question is answered inside {@code ask}, whose future
 * is complete when it returns, unless the answer comes later by itself; an event is delivered after
 * the handler that told it. Two runs with the same input deliver the same in the same order.
 */
public final class InlineBus implements Bus {

  private static final Logger LOG = LoggerFactory.getLogger(InlineBus.class);

  private final VirtualTime time;
  private final Map<String, Function<Object, Future<?>>> answerers = new ConcurrentHashMap<>();
  private final Map<String, List<Consumer<Object>>> listeners = new ConcurrentHashMap<>();

  public InlineBus(VirtualTime time) {
    this.time = time;
  }

  @Override
  public <Q, R> Future<R> ask(Request<Q, R> address, Q question, Duration timeout) {
    Promise<R> reply = Promise.promise();
    if (time.isDriving()) {
      deliver(address, question, timeout, reply);
    } else {
      time.post(() -> deliver(address, question, timeout, reply));
    }
    return reply.future();
  }

  private <Q, R> void deliver(
      Request<Q, R> address, Q question, Duration timeout, Promise<R> reply) {
    Function<Object, Future<?>> answerer = answerers.get(address.qualified());
    if (answerer == null) {
      reply.fail(
          new BusException(
              BusException.Kind.NO_ANSWERER, "nobody answers at " + address.qualified()));
      return;
    }
    Future<?> answer = answer(answerer, question);
    if (!answer.isComplete()) {
      time.after(timeout, () -> reply.tryFail(late(address, timeout)));
      answer.onComplete(done -> time.post(() -> settle(address, reply, answer)));
    } else {
      settle(address, reply, answer);
    }
  }

  private static Future<?> answer(Function<Object, Future<?>> answerer, Object question) {
    try {
      return answerer.apply(question);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private <R> void settle(Request<?, R> address, Promise<R> reply, Future<?> answer) {
    if (answer.succeeded()) {
      reply.tryComplete(address.replyType().cast(answer.result()));
    } else {
      LOG.warn("answerer of {} threw", address.qualified(), answer.cause());
      reply.tryFail(
          new BusException(BusException.Kind.FAULT, address.qualified() + ": " + answer.cause()));
    }
  }

  private static BusException late(Request<?, ?> address, Duration timeout) {
    return new BusException(
        BusException.Kind.TIMEOUT,
        "no reply from " + address.qualified() + " within " + timeout.toMillis() + " ms");
  }

  @Override
  public <Q, R> Registration answer(
      Request<Q, R> address, Function<? super Q, ? extends R> answerer) {
    return answerLater(address, question -> Future.succeededFuture(answerer.apply(question)));
  }

  @Override
  public <Q, R> Registration answerLater(
      Request<Q, R> address, Function<? super Q, Future<? extends R>> answerer) {
    Function<Object, Future<?>> untyped =
        question -> answerer.apply(address.questionType().cast(question));
    if (answerers.putIfAbsent(address.qualified(), untyped) != null) {
      throw new IllegalStateException(address.qualified() + " has an answerer already");
    }
    return () -> answerers.remove(address.qualified(), untyped);
  }

  @Override
  public <E> void tell(Topic<E> topic, E event) {
    time.post(
        () -> {
          hand(topic.name(), event);
          if (topic.key().isPresent()) {
            hand(topic.qualified(), event);
          }
        });
  }

  private void hand(String qualified, Object event) {
    for (Consumer<Object> listener : listeners.getOrDefault(qualified, List.of())) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.warn("listener of {} threw", qualified, e);
      }
    }
  }

  @Override
  public <E> Registration hear(Topic<E> topic, Consumer<? super E> listener) {
    Consumer<Object> untyped = event -> listener.accept(topic.eventType().cast(event));
    listeners.computeIfAbsent(topic.qualified(), name -> new CopyOnWriteArrayList<>()).add(untyped);
    return () -> listeners.getOrDefault(topic.qualified(), List.of()).remove(untyped);
  }
}
