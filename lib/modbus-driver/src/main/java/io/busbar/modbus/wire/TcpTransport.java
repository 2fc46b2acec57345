package io.busbar.modbus.wire;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import io.busbar.modbus.wire.WireException.Kind;
import java.io.IOException;
import java.net.Socket;

/** Modbus TCP: checks protocol, length and transaction id of every answer's header. */
final class TcpTransport extends StrictTransport {

  private static final int HEADER = 6;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 254;

  TcpTransport(Socket socket) throws IOException {
    super(socket);
  }

  @Override
  byte[] frame(ModbusRequest request) {
    return written(request);
  }

  @Override
  byte[] unframe(ModbusRequest request, TimedInput in) throws WireException, IOException {
    byte[] header = in.read(HEADER);
    int transaction = word(header, 0);
    int length = word(header, 4);
    if (word(header, 2) != 0 || length < SHORTEST || length > LONGEST) {
      throw new WireException(Kind.NO_MODBUS, "the answer does not begin like Modbus TCP");
    }
    if (transaction != request.getTransactionID()) {
      throw new WireException(
          Kind.WRONG_TRANSACTION,
          "answer %d to request %d".formatted(transaction, request.getTransactionID()));
    }
    return in.read(length);
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & BYTE) << Byte.SIZE | bytes[at + 1] & BYTE;
  }
}
