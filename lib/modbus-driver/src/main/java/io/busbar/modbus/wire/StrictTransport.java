package io.busbar.modbus.wire;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.AbstractModbusTransport;
import com.ghgande.j2mod.modbus.io.BytesInputStream;
import com.ghgande.j2mod.modbus.io.BytesOutputStream;
import com.ghgande.j2mod.modbus.io.ModbusTransaction;
import com.ghgande.j2mod.modbus.msg.ExceptionResponse;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.net.AbstractModbusListener;
import io.busbar.modbus.wire.WireException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;

/**
 * A transport beneath j2mod's messages that lets through an answer only if it is whole, in time and
 * of the request that was sent last.
 */
abstract class StrictTransport extends AbstractModbusTransport {

  static final int BYTE = 0xFF;
  static final int EXCEPTION = 0x80;

  private final Socket socket;
  private final TimedInput input;
  private ModbusRequest sent;

  StrictTransport(Socket socket) throws IOException {
    this.socket = socket;
    this.input = new TimedInput(socket);
  }

  /** Wraps a request as it goes onto the wire. */
  abstract byte[] frame(ModbusRequest request);

  /** A request's unit, function and data. */
  static byte[] written(ModbusRequest request) {
    BytesOutputStream bytes = new BytesOutputStream(request.getOutputLength());
    try {
      request.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.copyOf(bytes.getBuffer(), bytes.size());
  }

  /** Reads one frame; gives unit, function and data. */
  abstract byte[] unframe(ModbusRequest request, TimedInput in) throws WireException, IOException;

  /**
   * Sends a request and waits for its answer. What is there before the first one is of somebody
   * else, such as an answer that a serial bus still had for the connection before.
   *
   * @param deadline as of {@link System#nanoTime()}
   */
  ModbusResponse exchange(ModbusRequest request, long deadline)
      throws WireException, DeviceException {
    try {
      input.deadline(deadline);
      if (sent == null) {
        input.drop();
      } else if (input.hasUnasked()) {
        throw new WireException(Kind.UNASKED, "an answer arrived that nobody waits for");
      }
      send(request);
      return decode(request, unframe(request, input));
    } catch (IOException e) {
      throw new WireException(Kind.CLOSED, "connection lost: " + e.getMessage(), e);
    }
  }

  private void send(ModbusRequest request) throws IOException {
    sent = request;
    socket.getOutputStream().write(frame(request));
    socket.getOutputStream().flush();
  }

  private static ModbusResponse decode(ModbusRequest request, byte[] pdu)
      throws WireException, DeviceException, IOException {
    int unit = pdu[0] & BYTE;
    int function = pdu[1] & BYTE;
    if (unit != request.getUnitID()) {
      throw new WireException(Kind.WRONG_UNIT, "answer of unit " + unit);
    }
    if (function == (request.getFunctionCode() | EXCEPTION)) {
      throw new DeviceException(pdu[2] & BYTE, Requests.text(request));
    }
    if (function != request.getFunctionCode()) {
      throw new WireException(Kind.WRONG_FUNCTION, "answer to function " + function);
    }
    Requests.checkLength(request, pdu);
    ModbusResponse response = ModbusResponse.createModbusResponse(function);
    if (response instanceof ExceptionResponse) {
      throw new WireException(Kind.WRONG_FUNCTION, "function " + function + " is unknown");
    }
    response.setHeadless();
    response.readFrom(new BytesInputStream(pdu));
    Requests.checkEcho(request, response);
    return response;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  @Override
  public void writeRequest(ModbusRequest request) throws ModbusIOException {
    try {
      send(request);
    } catch (IOException e) {
      throw new ModbusIOException("cannot send", e);
    }
  }

  @Override
  public ModbusResponse readResponse() throws ModbusIOException {
    try {
      input.deadline(System.nanoTime() + timeout * 1_000_000L);
      return decode(sent, unframe(sent, input));
    } catch (ModbusException | IOException e) {
      throw new ModbusIOException(e.getMessage(), e);
    }
  }

  @Override
  public ModbusTransaction createTransaction() {
    throw new UnsupportedOperationException("requests go through exchange(), without retries");
  }

  @Override
  public void writeResponse(ModbusResponse response) {
    throw new UnsupportedOperationException("this side only asks");
  }

  @Override
  public ModbusRequest readRequest(AbstractModbusListener listener) {
    throw new UnsupportedOperationException("this side only asks");
  }
}
