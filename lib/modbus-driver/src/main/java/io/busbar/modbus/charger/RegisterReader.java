package io.busbar.modbus.charger;

import io.busbar.modbus.lane.Exchange;
import io.busbar.modbus.map.Codec;
import io.busbar.modbus.map.ReadPlan;
import io.busbar.modbus.map.ReadPlan.Block;
import io.busbar.modbus.map.ReadPlan.Part;
import io.busbar.modbus.map.Register.Scope;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.Values;
import io.busbar.modbus.map.Values.Value;
import io.busbar.modbus.wire.DeviceException;
import io.busbar.modbus.wire.ModbusException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads registers of one connector, as many as possible with one request. A joined request that the
 * device refuses is taken apart once, and what it turns out not to have is never asked for again.
 */
final class RegisterReader {

  private final RegisterMap map;
  private final ChargerSettings settings;
  private final Set<String> missing = new TreeSet<>();
  private final Map<List<String>, ReadPlan> plans = new HashMap<>();

  RegisterReader(RegisterMap map, ChargerSettings settings) {
    this.map = map;
    this.settings = settings;
  }

  /** Registers that every such device should have and this one has not. */
  List<String> missing() {
    return missing.stream().filter(key -> !map.register(key).optional()).toList();
  }

  Values read(Exchange exchange, List<String> keys) throws ModbusException {
    Map<String, Value> values = new HashMap<>();
    ReadPlan plan =
        plans.computeIfAbsent(keys, k -> ReadPlan.of(map, k, missing, settings.point()));
    for (Block block : plan.blocks()) {
      readBlock(exchange, block, values);
    }
    return Values.of(values);
  }

  private void readBlock(Exchange exchange, Block block, Map<String, Value> values)
      throws ModbusException {
    Exchange at = block.scope() == Scope.STATION ? exchange.at(settings.stationUnit()) : exchange;
    try {
      int[] words = at.read(block.space(), block.address(), block.count());
      for (Part part : block.parts()) {
        decode(part, block, words, values);
      }
    } catch (DeviceException e) {
      if (!e.isOfTheRegister()) {
        throw e;
      }
      refused(exchange, block, values);
    }
  }

  private static void decode(Part part, Block block, int[] words, Map<String, Value> values) {
    int from = part.address() - block.address();
    int[] own = Arrays.copyOfRange(words, from, from + part.register().words());
    Codec.decode(part.register(), own).ifPresent(value -> values.put(part.key(), value));
  }

  private void refused(Exchange exchange, Block block, Map<String, Value> values)
      throws ModbusException {
    plans.clear();
    if (block.parts().size() == 1) {
      missing.add(block.parts().getFirst().key());
      return;
    }
    for (Part part : block.parts()) {
      readBlock(exchange, single(block, part), values);
    }
  }

  private static Block single(Block block, Part part) {
    return new Block(
        block.scope(), block.space(), part.address(), part.register().words(), List.of(part));
  }

  /** Forgets what was found missing, as after a restart of the device with another firmware. */
  void forget() {
    missing.clear();
    plans.clear();
  }
}
