package io.busbar.modbus.map;

import io.busbar.modbus.map.Register.None;
import io.busbar.modbus.map.Register.WordOrder;
import io.busbar.modbus.map.Values.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Values to words and back. */
public final class Codec {

  private static final int WORD = 0xFFFF;
  private static final int BYTES = 2;
  private static final double TWO_TO_64 = 0x1p64;

  /** Digits that a scaled value keeps; more are noise of the multiplication. */
  private static final double ROUNDING = 1e9;

  private Codec() {}

  /** What the words mean; empty for the pattern that stands for no value. */
  public static Optional<Value> decode(Register register, int[] words) {
    byte[] bytes = bytes(register, words);
    return switch (register.type()) {
      case TEXT -> Optional.of(new Value.Text(text(bytes)));
      case BYTES -> Optional.of(new Value.Text(HexFormat.of().formatHex(bytes)));
      default -> number(register, words, ByteBuffer.wrap(bytes));
    };
  }

  private static Optional<Value> number(Register register, int[] words, ByteBuffer bytes) {
    boolean allOnes = Arrays.stream(words).allMatch(word -> word == WORD);
    if (register.none().filter(none -> none == None.ONES).isPresent() && allOnes) {
      return Optional.empty();
    }
    double raw =
        switch (register.type()) {
          case UINT16 -> bytes.getShort() & WORD;
          case INT16 -> bytes.getShort();
          case UINT32 -> Integer.toUnsignedLong(bytes.getInt());
          case INT32 -> bytes.getInt();
          case UINT64 -> unsigned(bytes.getLong());
          case INT64 -> bytes.getLong();
          case FLOAT32 -> bytes.getFloat();
          case FLOAT64 -> bytes.getDouble();
          case TEXT, BYTES -> throw new IllegalArgumentException("no number: " + register.type());
        };
    return Double.isFinite(raw)
        ? Optional.of(new Value.Numeric(scaled(raw, register)))
        : Optional.empty();
  }

  private static double scaled(double raw, Register register) {
    if (register.scale() == 1) {
      return raw;
    }
    double value = raw * register.scale();
    return Math.abs(value) < ROUNDING ? Math.rint(value * ROUNDING) / ROUNDING : value;
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : value + TWO_TO_64;
  }

  private static String text(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).strip();
  }

  /**
   * Words of a number.
   *
   * @param value in the register's unit; rounded to what a whole raw number can say
   * @throws IllegalArgumentException if it does not fit
   */
  public static int[] encode(Register register, double value) {
    double raw = value / register.scale();
    ByteBuffer bytes = ByteBuffer.allocate(register.words() * BYTES);
    ByteBuffer content =
        switch (register.type()) {
          case UINT16 -> bytes.putShort((short) whole(raw, 0, WORD));
          case INT16 -> bytes.putShort((short) whole(raw, Short.MIN_VALUE, Short.MAX_VALUE));
          case UINT32 -> bytes.putInt((int) whole(raw, 0, 0xFFFFFFFFL));
          case INT32 -> bytes.putInt((int) whole(raw, Integer.MIN_VALUE, Integer.MAX_VALUE));
          case UINT64 -> bytes.putLong(whole(raw, 0, Long.MAX_VALUE));
          case INT64 -> bytes.putLong(whole(raw, Long.MIN_VALUE, Long.MAX_VALUE));
          case FLOAT32 -> bytes.putFloat((float) raw);
          case FLOAT64 -> bytes.putDouble(raw);
          case TEXT, BYTES -> throw new IllegalArgumentException("no number: " + register.type());
        };
    return words(register, content.array());
  }

  /** Words of a text, filled up with zeros; of hexadecimal digits where the type is bytes. */
  public static int[] encode(Register register, String text) {
    byte[] content =
        register.type() == Register.Type.BYTES
            ? HexFormat.of().parseHex(text)
            : text.getBytes(StandardCharsets.ISO_8859_1);
    return words(register, Arrays.copyOf(content, register.words() * BYTES));
  }

  private static long whole(double raw, long least, long most) {
    long whole = Math.round(raw);
    if (whole < least || whole > most) {
      throw new IllegalArgumentException(
          "%s does not fit: expected %d to %d".formatted(raw, least, most));
    }
    return whole;
  }

  private static byte[] bytes(Register register, int[] words) {
    byte[] bytes = new byte[words.length * BYTES];
    boolean swapped = isSwapped(register);
    for (int i = 0; i < words.length; i++) {
      int word = words[swapped ? words.length - 1 - i : i];
      bytes[i * BYTES] = (byte) (word >>> Byte.SIZE);
      bytes[i * BYTES + 1] = (byte) word;
    }
    return register.reversed() ? reverse(bytes) : bytes;
  }

  private static int[] words(Register register, byte[] content) {
    byte[] bytes = register.reversed() ? reverse(content) : content;
    int[] words = new int[bytes.length / BYTES];
    boolean swapped = isSwapped(register);
    for (int i = 0; i < words.length; i++) {
      int word = (bytes[i * BYTES] & 0xFF) << Byte.SIZE | bytes[i * BYTES + 1] & 0xFF;
      words[swapped ? words.length - 1 - i : i] = word;
    }
    return words;
  }

  private static boolean isSwapped(Register register) {
    return register.wordOrder() == WordOrder.LOW_FIRST && register.type().words() > 1;
  }

  private static byte[] reverse(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
