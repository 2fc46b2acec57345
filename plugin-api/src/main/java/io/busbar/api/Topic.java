package io.busbar.api;

import java.util.Objects;
import java.util.Optional;

/**
 * An address with any number of listeners. A listener of the unkeyed topic hears every key; a
 * listener of {@code TOPIC.at(id)} hears that key only. A listener may hear an event twice, so it
 * must not matter.
 *
 * @param <E> the event
 * @param name dotted name with version
 * @param eventType class of the event, a record
 * @param key what narrows the address to one site or device
 */
public record Topic<E>(String name, Class<E> eventType, Optional<String> key) implements Address {

  public Topic {
    Address.checkName(name);
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(key, "key");
  }

  /** An unkeyed topic. */
  public static <E> Topic<E> of(String name, Class<E> event) {
    return new Topic<>(name, event, Optional.empty());
  }

  /** The same topic for one site or device. */
  public Topic<E> at(Object narrowedTo) {
    return new Topic<>(name, eventType, Optional.of(narrowedTo.toString()));
  }
}
