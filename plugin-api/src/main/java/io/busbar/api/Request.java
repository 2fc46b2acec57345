package io.busbar.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * An address with exactly one answerer.
 *
 * @param <Q> the question
 * @param <R> the reply; a refusal is one of its forms, never an exception
 * @param name dotted name with version
 * @param questionType class of the question, a record
 * @param replyType class of the reply, a record or a sealed interface of records
 * @param timeout how long an asker waits when it does not say otherwise
 * @param key what narrows the address to one site or device
 * @param answeredPerKey whether several plugins may answer, each for keys of its own, as drivers do
 */
public record Request<Q, R>(
    String name,
    Class<Q> questionType,
    Class<R> replyType,
    Duration timeout,
    Optional<String> key,
    boolean answeredPerKey)
    implements Address {

  public Request {
    Address.checkName(name);
    Objects.requireNonNull(questionType, "questionType");
    Objects.requireNonNull(replyType, "replyType");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(key, "key");
  }

  /** An unkeyed address whose askers wait five seconds. */
  public static <Q, R> Request<Q, R> of(String name, Class<Q> question, Class<R> reply) {
    return new Request<>(name, question, reply, Duration.ofSeconds(5), Optional.empty(), false);
  }

  /** The same address for one site or device, for example a {@code microgrid_id}. */
  public Request<Q, R> at(Object narrowedTo) {
    return new Request<>(
        name, questionType, replyType, timeout, Optional.of(narrowedTo.toString()), answeredPerKey);
  }

  /** The same address with another default timeout. */
  public Request<Q, R> within(Duration limit) {
    return new Request<>(name, questionType, replyType, limit, key, answeredPerKey);
  }

  /** The same address, answered by several plugins, each for keys of its own. */
  public Request<Q, R> perKey() {
    return new Request<>(name, questionType, replyType, timeout, key, true);
  }
}
