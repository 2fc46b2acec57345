package io.busbar.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.topology.Wiring;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One entry of a site file with the defaults behind it. A value of the wrong type counts as absent:
 * the schema has named it.
 *
 * @param place JSON pointer of the entry
 */
record Entry(String place, JsonNode own, JsonNode defaults) {

  String text(String key) {
    return own.path(key).isTextual() ? own.get(key).textValue() : "";
  }

  boolean has(String key) {
    return own.has(key) || defaults.has(key);
  }

  OptionalInt whole(String key) {
    JsonNode value = value(key);
    return value.canConvertToInt() && value.isIntegralNumber()
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }

  OptionalDouble number(String key) {
    JsonNode value = value(key);
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  private JsonNode value(String key) {
    return own.has(key) ? own.get(key) : defaults.path(key);
  }

  /**
   * This entry without its defaults when it has one of the keys itself: a rating in watts goes
   * before a default in amperes.
   */
  Entry deciding(String... keys) {
    return Arrays.stream(keys).anyMatch(own::has) ? new Entry(place, own, own) : this;
  }

  /** Voltage and lines, when both are known. */
  Optional<Wiring> wiring() {
    OptionalInt volts = whole("volts");
    JsonNode phases = value("phases");
    return volts.isEmpty()
        ? Optional.empty()
        : Arrays.stream(Wiring.Phases.values())
            .filter(known -> known.name().equals(phases.textValue()))
            .findFirst()
            .map(known -> new Wiring(volts.getAsInt(), known));
  }
}
