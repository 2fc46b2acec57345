package io.busbar.modbus.map;

import io.busbar.modbus.wire.Space;
import io.busbar.modbus.wire.WriteFunction;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One value in a device's registers.
 *
 * @param space which table
 * @param address of the first word, as it is sent; that of the first connector
 * @param words how many words
 * @param type how they are to be read
 * @param wordOrder which word of a number comes first
 * @param reversed whether all bytes of the value come in reverse order
 * @param scale what a raw number is multiplied by
 * @param unit of the scaled value
 * @param access what can be done with it
 * @param scope whether it is one per device or one per connector
 * @param write how it is written
 * @param least smallest value that makes sense
 * @param most largest value that makes sense
 * @param none raw pattern that means that there is no value: {@code nan}, {@code ones}
 * @param optional whether some devices do not have it
 * @param meaning what it is
 * @param values names of values
 * @param bits names of bits
 * @param confidence how well the facts are confirmed
 */
public record Register(
    Space space,
    int address,
    int words,
    Type type,
    WordOrder wordOrder,
    boolean reversed,
    double scale,
    String unit,
    Access access,
    Scope scope,
    WriteFunction write,
    OptionalDouble least,
    OptionalDouble most,
    Optional<None> none,
    boolean optional,
    String meaning,
    Map<String, String> values,
    Map<Integer, String> bits,
    String confidence) {

  public Register {
    values = Map.copyOf(values);
    bits = Map.copyOf(bits);
  }

  /** How words are read. */
  public enum Type {
    UINT16(1),
    INT16(1),
    UINT32(2),
    INT32(2),
    UINT64(4),
    INT64(4),
    FLOAT32(2),
    FLOAT64(4),
    /** Characters, two per word, up to the first zero. */
    TEXT(0),
    /** Bytes, shown in hexadecimal. */
    BYTES(0);

    private final int words;

    Type(int words) {
      this.words = words;
    }

    /** Words of a number; 0 where the length is free. */
    public int words() {
      return words;
    }
  }

  /** Which word of a number comes first. */
  public enum WordOrder {
    HIGH_FIRST,
    LOW_FIRST
  }

  /** What can be done with a register. */
  public enum Access {
    R,
    W,
    RW
  }

  /** What a register belongs to. */
  public enum Scope {
    STATION,
    POINT
  }

  /** Patterns that stand for no value. */
  public enum None {
    /** Not a number. */
    NAN,
    /** All bits one: −1, or the largest unsigned number. */
    ONES
  }
}
