package io.busbar.api;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The only way from one plugin to another. Handlers run on the context of the verticle that
 * registered them, on a virtual thread unless its plugin chose an event loop, one at a time; on a
 * virtual thread they may block and {@code await()}.
 */
public interface Bus {

  /**
   * Asks and waits at most the address's own timeout. See {@link #ask(Request, Object, Duration)}.
   */
  default <Q, R> Future<R> ask(Request<Q, R> address, Q question) {
    return ask(address, question, address.timeout());
  }

  /**
   * Asks the answerer of an address.
   *
   * @return the reply; fails with {@link BusException} when nobody answers there ({@code
   *     NO_ANSWERER}), not in time ({@code TIMEOUT}), or the answerer threw ({@code FAULT})
   */
  <Q, R> Future<R> ask(Request<Q, R> address, Q question, Duration timeout);

  /**
   * Registers the one answerer of an address. What it throws reaches the asker as a {@code FAULT}.
   *
   * @throws IllegalStateException if this address has an answerer already
   */
  <Q, R> Registration answer(Request<Q, R> address, Function<? super Q, ? extends R> answerer);

  /** Like {@link #answer}, for an answer that is known later, such as a device's confirmation. */
  <Q, R> Registration answerLater(
      Request<Q, R> address, Function<? super Q, Future<? extends R>> answerer);

  /** Tells every listener; returns at once. Listeners hear the events of one teller in order. */
  <E> void tell(Topic<E> topic, E event);

  /** Registers a listener. What it throws is logged and counted, and disturbs nobody else. */
  <E> Registration hear(Topic<E> topic, Consumer<? super E> listener);
}
