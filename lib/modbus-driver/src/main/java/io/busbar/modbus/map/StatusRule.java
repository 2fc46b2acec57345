package io.busbar.modbus.map;

import io.busbar.api.field.VehicleState;
import java.util.Map;
import java.util.Optional;

/**
 * Where the state of the vehicle is.
 *
 * @param register key of the register
 * @param shift bits to the right of the state
 * @param mask bits of the state after shifting; 0 for all
 * @param values state by what is read, a number or a text
 */
public record StatusRule(String register, int shift, long mask, Map<String, VehicleState> values) {

  public StatusRule {
    values = Map.copyOf(values);
  }

  /** The state by the table; empty for what the table does not know. */
  public Optional<VehicleState> state(Values read) {
    return raw(read).flatMap(raw -> Optional.ofNullable(values.get(raw)));
  }

  /** What the register says, as it stands in the table. */
  public Optional<String> raw(Values read) {
    Optional<String> text = read.text(register);
    if (text.isPresent() || read.number(register).isEmpty()) {
      return text;
    }
    long shifted = (long) read.number(register).getAsDouble() >>> shift;
    return Optional.of(Long.toString(mask == 0 ? shifted : shifted & mask));
  }
}
