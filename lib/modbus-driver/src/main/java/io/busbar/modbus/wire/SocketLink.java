package io.busbar.modbus.wire;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import io.busbar.modbus.wire.WireException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A {@link ModbusLink} over a socket of its own. */
public final class SocketLink implements ModbusLink {

  private static final int TRANSACTIONS = 0x10000;

  private final StrictTransport transport;
  private int transaction;

  private SocketLink(StrictTransport transport) {
    this.transport = transport;
  }

  /**
   * Connects.
   *
   * @throws WireException of kind {@code NOT_CONNECTED} if that does not work out in time
   */
  public static SocketLink connect(Peer peer, Duration within) throws WireException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      // Closing must not leave half a connection that a device with few of them counts.
      socket.setSoLinger(true, 0);
      socket.connect(
          new InetSocketAddress(peer.host(), peer.port()), Math.toIntExact(within.toMillis()));
      StrictTransport transport =
          switch (peer.framing()) {
            case TCP -> new TcpTransport(socket);
            case RTU_OVER_TCP -> new RtuTransport(socket);
          };
      return new SocketLink(transport);
    } catch (IOException | IllegalArgumentException e) {
      closeQuietly(socket);
      throw new WireException(
          Kind.NOT_CONNECTED, "cannot connect to " + peer + ": " + e.getMessage(), e);
    }
  }

  @Override
  public int[] read(int unit, Space space, int address, int count, Duration within)
      throws ModbusException {
    return Requests.words(exchange(unit, Requests.read(space, address, count), within));
  }

  @Override
  public void write(int unit, int address, int[] words, WriteFunction function, Duration within)
      throws ModbusException {
    if (function == WriteFunction.SINGLE && words.length != 1) {
      throw new IllegalArgumentException("function 6 writes one register, not " + words.length);
    }
    exchange(unit, Requests.write(function, address, words), within);
  }

  private ModbusResponse exchange(int unit, ModbusRequest request, Duration within)
      throws ModbusException {
    request.setUnitID(unit);
    transaction = (transaction + 1) % TRANSACTIONS;
    request.setTransactionID(transaction);
    try {
      return transport.exchange(request, System.nanoTime() + within.toNanos());
    } catch (WireException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      transport.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
