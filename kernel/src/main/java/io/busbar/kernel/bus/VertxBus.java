package io.busbar.kernel.bus;

import io.busbar.api.Bus;
import io.busbar.api.BusException;
import io.busbar.api.BusException.Kind;
import io.busbar.api.Metrics;
import io.busbar.api.Registration;
import io.busbar.api.Request;
import io.busbar.api.Topic;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bus in wall-clock time. The only class that touches Vert.x's event bus. */
public final class VertxBus implements Bus {

  private static final Logger LOG = LoggerFactory.getLogger(VertxBus.class);
  private static final DeliveryOptions OPTIONS =
      new DeliveryOptions().setCodecName(RecordCodec.NAME);
  private static final int FAULT = 1;

  private final EventBus events;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final Metrics.Counter faults;
  private final Metrics.Counter unanswered;

  public VertxBus(Vertx vertx, Metrics metrics) {
    this.events = vertx.eventBus();
    this.events.registerCodec(new RecordCodec());
    this.faults = metrics.counter("bus_handler_faults", "Handlers that threw");
    this.unanswered = metrics.counter("bus_unanswered", "Questions without a reply in time");
  }

  @Override
  public <Q, R> Future<R> ask(Request<Q, R> address, Q question, Duration timeout) {
    DeliveryOptions options =
        new DeliveryOptions(OPTIONS).setSendTimeout(Math.max(1, timeout.toMillis()));
    return events
        .<R>request(address.qualified(), question, options)
        .map(Message::body)
        .recover(failure -> Future.failedFuture(translate(address, failure)));
  }

  private BusException translate(Request<?, ?> address, Throwable failure) {
    if (failure instanceof ReplyException reply
        && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
      unanswered.add(1);
      return reply.failureType() == ReplyFailure.TIMEOUT
          ? new BusException(Kind.TIMEOUT, "no reply from " + address.qualified() + " in time")
          : new BusException(Kind.NO_ANSWERER, "nobody answers at " + address.qualified());
    }
    return new BusException(Kind.FAULT, address.qualified() + ": " + failure.getMessage());
  }

  @Override
  public <Q, R> Registration answer(
      Request<Q, R> address, Function<? super Q, ? extends R> answerer) {
    return answerLater(address, question -> Future.succeededFuture(answerer.apply(question)));
  }

  @Override
  public <Q, R> Registration answerLater(
      Request<Q, R> address, Function<? super Q, Future<? extends R>> answerer) {
    String qualified = address.qualified();
    if (!answered.add(qualified)) {
      throw new IllegalStateException(qualified + " has an answerer already");
    }
    MessageConsumer<Q> consumer =
        events.localConsumer(qualified, message -> reply(message, address, answerer));
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        answered.remove(qualified);
        consumer.unregister();
      }
    };
  }

  private <Q, R> void reply(
      Message<Q> message,
      Request<Q, R> address,
      Function<? super Q, Future<? extends R>> answerer) {
    Future<? extends R> answer;
    try {
      answer = answerer.apply(address.questionType().cast(message.body()));
    } catch (RuntimeException | Error e) {
      answer = Future.failedFuture(e);
    }
    answer.onComplete(
        reply -> message.reply(reply, OPTIONS),
        fault -> {
          faults.add(1);
          LOG.warn("answerer of {} threw", address.qualified(), fault);
          message.fail(FAULT, fault.toString());
        });
  }

  @Override
  public <E> void tell(Topic<E> topic, E event) {
    events.publish(topic.name(), event, OPTIONS);
    if (topic.key().isPresent()) {
      events.publish(topic.qualified(), event, OPTIONS);
    }
  }

  @Override
  public <E> Registration hear(Topic<E> topic, Consumer<? super E> listener) {
    MessageConsumer<E> consumer =
        events.consumer(topic.qualified(), message -> hand(topic, listener, message.body()));
    return consumer::unregister;
  }

  private <E> void hand(Topic<E> topic, Consumer<? super E> listener, Object event) {
    try {
      listener.accept(topic.eventType().cast(event));
    } catch (RuntimeException | Error e) {
      faults.add(1);
      LOG.warn("listener of {} threw", topic.qualified(), e);
    }
  }
}
