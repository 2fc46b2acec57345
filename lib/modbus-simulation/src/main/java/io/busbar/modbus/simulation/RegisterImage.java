package io.busbar.modbus.simulation;

import io.busbar.modbus.map.Codec;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.Values.Value;
import io.busbar.modbus.wire.Space;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The registers of one device, as words. Only what its map names is there. Not thread-safe. */
public final class RegisterImage {

  private final RegisterMap map;
  private final int point;
  private final Map<Space, Map<Integer, Integer>> words = new EnumMap<>(Space.class);
  private final Map<Space, Map<Integer, String>> starts = new EnumMap<>(Space.class);

  /** An image in which everything is zero. */
  public RegisterImage(RegisterMap map, int point) {
    this.map = map;
    this.point = point;
    for (Space space : Space.values()) {
      words.put(space, new HashMap<>());
      starts.put(space, new HashMap<>());
    }
    map.registers()
        .forEach(
            (key, register) -> {
              starts.get(register.space()).put(address(register), key);
              put(register, new int[register.words()]);
            });
  }

  private int address(Register register) {
    return map.address(register, point);
  }

  private void put(Register register, int[] values) {
    for (int i = 0; i < values.length; i++) {
      words.get(register.space()).put(address(register) + i, values[i]);
    }
  }

  /** Puts words as they would be on the wire. */
  public void words(String key, int[] values) {
    put(map.register(key), values);
  }

  /** Takes a register away, as from a model that does not have it. */
  public void remove(String key) {
    Register register = map.register(key);
    for (int i = 0; i < register.words(); i++) {
      words.get(register.space()).remove(address(register) + i);
    }
    starts.get(register.space()).remove(address(register));
  }

  public void number(String key, double value) {
    words(key, Codec.encode(map.register(key), value));
  }

  public void text(String key, String value) {
    words(key, Codec.encode(map.register(key), value));
  }

  /** A register as a number; 0 where it says that there is none. */
  public double number(String key) {
    Register register = map.register(key);
    int[] own = new int[register.words()];
    for (int i = 0; i < own.length; i++) {
      own[i] = words.get(register.space()).getOrDefault(address(register) + i, 0);
    }
    return Codec.decode(register, own).orElse(null) instanceof Value.Numeric(double number)
        ? number
        : 0;
  }

  /** Words from an address on; empty where one of them is not there. */
  Optional<int[]> read(Space space, int from, int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      Integer word = words.get(space).get(from + i);
      if (word == null) {
        return Optional.empty();
      }
      values[i] = word;
    }
    return Optional.of(values);
  }

  /** The register that begins at an address. */
  Optional<String> keyAt(Space space, int address) {
    return Optional.ofNullable(starts.get(space).get(address));
  }

  Register register(String key) {
    return map.register(key);
  }
}
