package io.busbar.modbus.wire;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersResponse;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterRequest;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterResponse;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import io.busbar.modbus.wire.WireException.Kind;
import java.util.Arrays;

/** j2mod's messages for the four functions that chargers know. */
final class Requests {

  /** Unit, function, address and count or value of a write's echo. */
  private static final int ECHO_LENGTH = 6;

  private static final int READ_HEADER = 3;

  private Requests() {}

  static ModbusRequest read(Space space, int address, int count) {
    return switch (space) {
      case HOLDING -> new ReadMultipleRegistersRequest(address, count);
      case INPUT -> new ReadInputRegistersRequest(address, count);
    };
  }

  static ModbusRequest write(WriteFunction function, int address, int[] words) {
    return switch (function) {
      case SINGLE -> new WriteSingleRegisterRequest(address, new SimpleRegister(words[0]));
      case MULTIPLE ->
          new WriteMultipleRegistersRequest(
              address, Arrays.stream(words).mapToObj(SimpleRegister::new).toArray(Register[]::new));
    };
  }

  /** The words of an answer to {@link #read}. */
  static int[] words(ModbusResponse response) {
    InputRegister[] registers =
        switch (response) {
          case ReadMultipleRegistersResponse holding -> holding.getRegisters();
          case ReadInputRegistersResponse input -> input.getRegisters();
          default -> throw new IllegalArgumentException("no registers in " + response);
        };
    return Arrays.stream(registers).mapToInt(InputRegister::toUnsignedShort).toArray();
  }

  /** How many registers a read asks for; 0 for a write. */
  static int count(ModbusRequest request) {
    return switch (request) {
      case ReadMultipleRegistersRequest holding -> holding.getWordCount();
      case ReadInputRegistersRequest input -> input.getWordCount();
      default -> 0;
    };
  }

  /** Length of unit, function and data that an answer without exception must have. */
  static int answerLength(ModbusRequest request) {
    int count = count(request);
    return count > 0 ? READ_HEADER + 2 * count : ECHO_LENGTH;
  }

  static void checkLength(ModbusRequest request, byte[] pdu) throws WireException {
    int expected = answerLength(request);
    boolean counted = count(request) == 0 || (pdu[2] & 0xFF) == expected - READ_HEADER;
    if (pdu.length != expected || !counted) {
      throw new WireException(
          Kind.WRONG_LENGTH,
          "%s: %d bytes instead of %d".formatted(text(request), pdu.length, expected));
    }
  }

  static void checkEcho(ModbusRequest request, ModbusResponse response) throws WireException {
    boolean same =
        switch (response) {
          case WriteSingleRegisterResponse echo
              when request instanceof WriteSingleRegisterRequest r ->
              echo.getReference() == r.getReference()
                  && echo.getRegisterValue() == r.getRegister().toUnsignedShort();
          case WriteMultipleRegistersResponse echo
              when request instanceof WriteMultipleRegistersRequest r ->
              echo.getReference() == r.getReference() && echo.getWordCount() == r.getWordCount();
          default -> true;
        };
    if (!same) {
      throw new WireException(
          Kind.WRONG_ECHO, text(request) + ": acknowledged with another address or value");
    }
  }

  /** For messages: {@code unit 1 read 1200 x16}. */
  static String text(ModbusRequest request) {
    return switch (request) {
      case ReadMultipleRegistersRequest r ->
          "unit %d read holding %d x%d"
              .formatted(r.getUnitID(), r.getReference(), r.getWordCount());
      case ReadInputRegistersRequest r ->
          "unit %d read input %d x%d".formatted(r.getUnitID(), r.getReference(), r.getWordCount());
      case WriteSingleRegisterRequest r ->
          "unit %d write %d".formatted(r.getUnitID(), r.getReference());
      case WriteMultipleRegistersRequest r ->
          "unit %d write %d x%d".formatted(r.getUnitID(), r.getReference(), r.getWordCount());
      default -> "unit %d function %d".formatted(request.getUnitID(), request.getFunctionCode());
    };
  }
}
