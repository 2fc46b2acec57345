package io.busbar.modbus.simulation;

import io.busbar.modbus.wire.Space;
import java.util.Optional;

/** What a device answers to a request: function and data. */
final class Requests {

  private static final int READ_HOLDING = 3;
  private static final int READ_INPUT = 4;
  private static final int WRITE_SINGLE = 6;
  private static final int WRITE_MULTIPLE = 16;
  private static final int FAILED = 0x80;
  private static final int ILLEGAL_FUNCTION = 1;
  private static final int ILLEGAL_ADDRESS = 2;
  private static final int MOST = 125;

  private Requests() {}

  static byte[] exception(Frames.Request request, int code) {
    return new byte[] {(byte) (request.function() | FAILED), (byte) code};
  }

  static byte[] answer(Frames.Request request, SimulatedCharger charger) {
    byte[] data = request.data();
    return switch (request.function()) {
      case READ_HOLDING -> read(request, charger, Space.HOLDING);
      case READ_INPUT -> read(request, charger, Space.INPUT);
      case WRITE_SINGLE -> written(request, charger, new int[] {word(data, 2)});
      case WRITE_MULTIPLE -> written(request, charger, values(data));
      default -> exception(request, ILLEGAL_FUNCTION);
    };
  }

  private static byte[] read(Frames.Request request, SimulatedCharger charger, Space space) {
    int address = word(request.data(), 0);
    int count = word(request.data(), 2);
    Optional<int[]> words =
        count < 1 || count > MOST ? Optional.empty() : charger.read(space, address, count);
    if (words.isEmpty()) {
      return exception(request, ILLEGAL_ADDRESS);
    }
    byte[] pdu = new byte[2 + 2 * count];
    pdu[0] = (byte) request.function();
    pdu[1] = (byte) (2 * count);
    for (int i = 0; i < count; i++) {
      pdu[2 + 2 * i] = (byte) (words.get()[i] >>> Byte.SIZE);
      pdu[3 + 2 * i] = (byte) words.get()[i];
    }
    return pdu;
  }

  private static byte[] written(Frames.Request request, SimulatedCharger charger, int[] words) {
    if (!charger.write(word(request.data(), 0), words)) {
      return exception(request, ILLEGAL_ADDRESS);
    }
    byte[] pdu = new byte[5];
    pdu[0] = (byte) request.function();
    System.arraycopy(request.data(), 0, pdu, 1, 4);
    return pdu;
  }

  private static int[] values(byte[] data) {
    int[] words = new int[word(data, 2)];
    for (int i = 0; i < words.length; i++) {
      words[i] = word(data, 5 + 2 * i);
    }
    return words;
  }

  static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << Byte.SIZE | bytes[at + 1] & 0xFF;
  }
}
