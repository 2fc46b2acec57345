package io.busbar.modbus.map;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was read of a device, by key. What it did not say is absent. */
public final class Values {

  /** A value as it was read. */
  public sealed interface Value {

    /** A number in the register's unit. */
    record Numeric(double number) implements Value {}

    /** Characters, or bytes in hexadecimal. */
    record Text(String text) implements Value {}
  }

  public static final Values NONE = new Values(Map.of());

  private final Map<String, Value> values;

  private Values(Map<String, Value> values) {
    this.values = Map.copyOf(values);
  }

  public static Values of(Map<String, Value> values) {
    return new Values(values);
  }

  /** These values, those of the other one where both have one. */
  public Values and(Values newer) {
    Map<String, Value> both = new HashMap<>(values);
    both.putAll(newer.values);
    return new Values(both);
  }

  /** These values but for some. */
  public Values without(java.util.Collection<String> keys) {
    Map<String, Value> rest = new HashMap<>(values);
    rest.keySet().removeAll(keys);
    return new Values(rest);
  }

  public OptionalDouble number(String key) {
    return values.get(key) instanceof Value.Numeric(double number)
        ? OptionalDouble.of(number)
        : OptionalDouble.empty();
  }

  public OptionalDouble number(Optional<String> key) {
    return key.isPresent() ? number(key.get()) : OptionalDouble.empty();
  }

  public Optional<String> text(String key) {
    return values.get(key) instanceof Value.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The value for people: a text as it is, a number without needless digits. */
  public Optional<String> shown(String key) {
    return Optional.ofNullable(values.get(key))
        .map(
            value ->
                switch (value) {
                  case Value.Text(String text) -> text;
                  case Value.Numeric(double number) when number == Math.rint(number) ->
                      Long.toString((long) number);
                  case Value.Numeric(double number) -> Double.toString(number);
                });
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Everything, by key. */
  public Map<String, Value> all() {
    return values;
  }
}
