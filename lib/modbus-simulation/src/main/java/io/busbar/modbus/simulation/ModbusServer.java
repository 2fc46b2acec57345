package io.busbar.modbus.simulation;

import io.busbar.modbus.wire.Framing;
import io.busbar.modbus.wire.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Modbus server on a port of its own, with one simulated charger per unit. Units that are not
 * there are silent, as on a bus. Everything runs on virtual threads.
 */
public final class ModbusServer implements AutoCloseable {

  private final Framing framing;
  private final int maxConnections;
  private final int idleMillis;
  private final Map<Integer, SimulatedCharger> units;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final int port;
  private volatile ServerSocket server;
  private volatile Fault fault = Fault.NONE;
  private final Map<Integer, Fault> faults = new ConcurrentHashMap<>();

  /**
   * Starts it on a free port of this machine.
   *
   * @param maxConnections further ones are closed at once
   * @param idleMillis a connection without requests is closed after that; 0 for never
   */
  public ModbusServer(
      Framing framing, Map<Integer, SimulatedCharger> units, int maxConnections, int idleMillis) {
    this(0, framing, units, maxConnections, idleMillis);
  }

  /** The same on a port that the test chooses. */
  public ModbusServer(
      int port,
      Framing framing,
      Map<Integer, SimulatedCharger> units,
      int maxConnections,
      int idleMillis) {
    this.framing = framing;
    this.units = Map.copyOf(units);
    this.maxConnections = maxConnections;
    this.idleMillis = idleMillis;
    this.server = open(port);
    this.port = server.getLocalPort();
  }

  /** A server for one charger with nothing special about it. */
  public static ModbusServer of(Framing framing, int unit, SimulatedCharger charger) {
    return new ModbusServer(framing, Map.of(unit, charger), 4, 0);
  }

  private ServerSocket open(int at) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
      Thread.ofVirtual().start(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + at, e);
    }
  }

  public Peer peer() {
    return new Peer("127.0.0.1", port, framing);
  }

  /** Connections taken so far. */
  public int connections() {
    return connections.get();
  }

  /** Requests taken so far. */
  public int requests() {
    return requests.get();
  }

  /** Misbehaves from now on; {@link Fault#NONE} ends it. */
  public void misbehave(Fault value) {
    boolean refused = fault.kind() == Fault.Kind.REFUSE;
    fault = value;
    if (value.kind() == Fault.Kind.REFUSE) {
      shut();
    } else if (refused) {
      server = open(port);
    }
  }

  /**
   * One unit misbehaves from now on, as long as all of them do not.
   *
   * @param value one that is about answers, not about the connection
   */
  public void misbehave(int unit, Fault value) {
    faults.put(unit, value);
  }

  private void accept(ServerSocket from) {
    try {
      while (true) {
        Socket socket = from.accept();
        if (sockets.size() >= maxConnections) {
          socket.close();
          continue;
        }
        connections.incrementAndGet();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // It was told to refuse, or the test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(idleMillis);
      Frames frames = new Frames(framing, socket);
      while (true) {
        Frames.Request request = frames.read();
        requests.incrementAndGet();
        if (units.containsKey(request.unit())) {
          answer(frames, request);
        }
      }
    } catch (IOException e) {
      // The client left, or a fault says so.
    } finally {
      sockets.remove(socket);
    }
  }

  private void answer(Frames frames, Frames.Request request) throws IOException {
    Fault now =
        fault.kind() == Fault.Kind.NONE ? faults.getOrDefault(request.unit(), Fault.NONE) : fault;
    if (now.kind() == Fault.Kind.SILENT) {
      return;
    }
    byte[] pdu =
        now.kind() == Fault.Kind.EXCEPTION
            ? Requests.exception(request, now.value())
            : Requests.answer(request, units.get(request.unit()));
    frames.send(request, pdu, now);
  }

  private void shut() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    shut();
  }
}
