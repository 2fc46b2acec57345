package io.busbar.modbus.map;

import io.busbar.modbus.map.Register.Scope;
import io.busbar.modbus.wire.Space;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Requests that read some registers of one connector, neighbours together. Between two of them only
 * registers may lie that the map knows and that can be read: over a hole nothing is joined, because
 * devices answer it with an exception, or hang up.
 *
 * @param blocks the requests, in the order of the list they were made of
 */
public record ReadPlan(List<Block> blocks) {

  public ReadPlan {
    blocks = List.copyOf(blocks);
  }

  /**
   * One request.
   *
   * @param scope whose unit is asked
   * @param space which table
   * @param address of the first word
   * @param count words
   * @param parts what is in it
   */
  public record Block(Scope scope, Space space, int address, int count, List<Part> parts) {
    public Block {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A register in a block.
   *
   * @param key of the register
   * @param register what it is
   * @param address where this connector has it
   */
  public record Part(String key, Register register, int address) {

    int end() {
      return address + register.words();
    }
  }

  private static final Comparator<Part> BY_PLACE =
      Comparator.<Part, Scope>comparing(part -> part.register().scope())
          .thenComparing(part -> part.register().space())
          .thenComparingInt(Part::address);

  /**
   * Plans to read some registers.
   *
   * @param keys what to read
   * @param missing registers that this device was found not to have
   * @param point the connector, from 1
   */
  public static ReadPlan of(
      RegisterMap map, List<String> keys, Collection<String> missing, int point) {
    List<Part> wanted =
        keys.stream()
            .distinct()
            .filter(k -> !missing.contains(k))
            .map(k -> part(map, k, point))
            .toList();
    if (!map.limits().joinsRegisters()) {
      return new ReadPlan(wanted.stream().map(part -> block(List.of(part))).toList());
    }
    List<Part> known =
        map.registers().keySet().stream()
            .filter(key -> !missing.contains(key))
            .map(key -> part(map, key, point))
            .filter(part -> map.isReadable(part.register()) && !part.register().optional())
            .toList();
    return new ReadPlan(join(wanted.stream().sorted(BY_PLACE).toList(), known, map));
  }

  private static Part part(RegisterMap map, String key, int point) {
    Register register = map.register(key);
    return new Part(key, register, map.address(register, point));
  }

  private static List<Block> join(List<Part> wanted, List<Part> known, RegisterMap map) {
    List<Block> blocks = new ArrayList<>();
    List<Part> current = new ArrayList<>();
    for (Part part : wanted) {
      if (!current.isEmpty() && !joins(current, part, known, map)) {
        blocks.add(block(current));
        current = new ArrayList<>();
      }
      current.add(part);
    }
    if (!current.isEmpty()) {
      blocks.add(block(current));
    }
    return blocks;
  }

  private static boolean joins(List<Part> block, Part next, List<Part> known, RegisterMap map) {
    Part first = block.getFirst();
    Part last = block.getLast();
    return sameTable(first, next)
        && next.end() - first.address() <= map.limits().maxReadRegisters()
        && isCovered(last.end(), next.address(), first, known);
  }

  private static boolean sameTable(Part a, Part b) {
    return a.register().scope() == b.register().scope()
        && a.register().space() == b.register().space();
  }

  /** Whether every word from one address up to another belongs to a register that can be read. */
  private static boolean isCovered(int from, int to, Part table, List<Part> known) {
    int at = from;
    while (at < to) {
      int place = at;
      int next =
          known.stream()
              .filter(part -> sameTable(part, table))
              .filter(part -> part.address() <= place && place < part.end())
              .mapToInt(Part::end)
              .max()
              .orElse(place);
      if (next == at) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private static Block block(List<Part> parts) {
    Part first = parts.getFirst();
    int end = parts.stream().mapToInt(Part::end).max().orElseThrow();
    return new Block(
        first.register().scope(),
        first.register().space(),
        first.address(),
        end - first.address(),
        parts);
  }
}
