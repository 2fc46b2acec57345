package io.busbar.modbus.simulation;

import io.busbar.modbus.wire.CheckSum;
import io.busbar.modbus.wire.Framing;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;

/** Requests and answers on one connection of a server, with every fault an answer can have. */
final class Frames {

  private static final int WRITE_MULTIPLE = 16;
  private static final int SHORT_REQUEST = 4;
  private static final int DRIP_MILLIS = 400;

  private final Framing framing;
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  Frames(Framing framing, Socket socket) throws IOException {
    this.framing = framing;
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** A request; the transaction is 0 where there is none. */
  record Request(int transaction, int unit, int function, byte[] data) {}

  Request read() throws IOException {
    return framing == Framing.TCP ? readTcp() : readRtu();
  }

  private Request readTcp() throws IOException {
    int transaction = in.readUnsignedShort();
    in.readUnsignedShort();
    int length = in.readUnsignedShort();
    int unit = in.readUnsignedByte();
    int function = in.readUnsignedByte();
    return new Request(transaction, unit, function, in.readNBytes(length - 2));
  }

  private Request readRtu() throws IOException {
    int unit = in.readUnsignedByte();
    int function = in.readUnsignedByte();
    byte[] data = in.readNBytes(SHORT_REQUEST);
    if (function == WRITE_MULTIPLE) {
      int count = in.readUnsignedByte();
      byte[] values = in.readNBytes(count);
      byte[] whole = Arrays.copyOf(data, SHORT_REQUEST + 1 + count);
      whole[SHORT_REQUEST] = (byte) count;
      System.arraycopy(values, 0, whole, SHORT_REQUEST + 1, count);
      data = whole;
    }
    in.readNBytes(2);
    return new Request(0, unit, function, data);
  }

  void send(Request request, byte[] pdu, Fault fault) throws IOException {
    switch (fault.kind()) {
      case DELAY -> {
        Pause.millis(fault.value());
        out.write(frame(request, pdu));
      }
      case RESET -> {
        socket.setSoLinger(true, 0);
        throw new IOException("reset");
      }
      case GARBAGE -> out.write(new byte[] {7, 1, 77, 0, 13, 5, 2, 9, 100, 31, 4, 42});
      case WRONG_UNIT -> out.write(frame(with(request, request.unit() ^ 3), pdu));
      case WRONG_TRANSACTION -> out.write(frame(next(request), pdu));
      case PARTIAL -> out.write(frame(request, pdu), 0, 5);
      case DRIP -> drip(frame(request, pdu));
      case DUPLICATE -> {
        out.write(frame(request, pdu));
        out.write(frame(request, pdu));
      }
      case BYTE_SLIP -> out.write(frame(request, slipped(pdu)));
      default -> out.write(frame(request, pdu));
    }
    out.flush();
  }

  private static Request with(Request request, int unit) {
    return new Request(request.transaction(), unit, request.function(), request.data());
  }

  /** Without transactions on the wire only another function tells an answer apart. */
  private static Request next(Request request) {
    return new Request(
        request.transaction() + 1, request.unit(), request.function(), request.data());
  }

  private void drip(byte[] frame) throws IOException {
    for (byte drop : frame) {
      out.write(drop);
      out.flush();
      Pause.millis(DRIP_MILLIS);
    }
  }

  private static byte[] slipped(byte[] pdu) {
    byte[] moved = pdu.clone();
    boolean values = pdu[0] == 3 || pdu[0] == 4;
    for (int i = 2; values && i < pdu.length; i++) {
      moved[i] = pdu[i == 2 ? pdu.length - 1 : i - 1];
    }
    return moved;
  }

  private byte[] frame(Request request, byte[] pdu) {
    return framing == Framing.TCP ? tcp(request, pdu) : rtu(request, pdu);
  }

  private static byte[] tcp(Request request, byte[] pdu) {
    byte[] frame = new byte[7 + pdu.length];
    frame[0] = (byte) (request.transaction() >>> Byte.SIZE);
    frame[1] = (byte) request.transaction();
    frame[4] = (byte) (pdu.length + 1 >>> Byte.SIZE);
    frame[5] = (byte) (pdu.length + 1);
    frame[6] = (byte) request.unit();
    System.arraycopy(pdu, 0, frame, 7, pdu.length);
    return frame;
  }

  private static byte[] rtu(Request request, byte[] pdu) {
    byte[] frame = new byte[3 + pdu.length];
    frame[0] = (byte) request.unit();
    System.arraycopy(pdu, 0, frame, 1, pdu.length);
    int sum = CheckSum.of(frame, pdu.length + 1);
    frame[pdu.length + 1] = (byte) sum;
    frame[pdu.length + 2] = (byte) (sum >>> Byte.SIZE);
    return frame;
  }
}
