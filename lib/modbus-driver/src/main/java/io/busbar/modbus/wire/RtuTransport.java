package io.busbar.modbus.wire;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import io.busbar.modbus.wire.WireException.Kind;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/**
 * RTU frames in a TCP stream. There is no length in them: it follows from the request, or from the
 * bit that marks an exception.
 */
final class RtuTransport extends StrictTransport {

  private static final int SUM = 2;
  private static final int EXCEPTION_LENGTH = 3;

  RtuTransport(Socket socket) throws IOException {
    super(socket);
  }

  @Override
  byte[] frame(ModbusRequest request) {
    request.setHeadless();
    byte[] data = written(request);
    byte[] framed = Arrays.copyOf(data, data.length + SUM);
    int sum = CheckSum.of(data, data.length);
    framed[data.length] = (byte) sum;
    framed[data.length + 1] = (byte) (sum >>> Byte.SIZE);
    return framed;
  }

  @Override
  byte[] unframe(ModbusRequest request, TimedInput in) throws WireException, IOException {
    byte[] head = in.read(2);
    boolean exception = (head[1] & EXCEPTION) != 0;
    int length = exception ? EXCEPTION_LENGTH : Requests.answerLength(request);
    byte[] frame = Arrays.copyOf(head, length + SUM);
    byte[] rest = in.read(frame.length - head.length);
    System.arraycopy(rest, 0, frame, head.length, rest.length);
    int sum = frame[length] & BYTE | (frame[length + 1] & BYTE) << Byte.SIZE;
    if (sum != CheckSum.of(frame, length)) {
      throw new WireException(Kind.CHECK_SUM, "the check sum of the answer does not match");
    }
    return Arrays.copyOf(frame, length);
  }
}
