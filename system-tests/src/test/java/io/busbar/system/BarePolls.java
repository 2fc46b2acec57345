package io.busbar.system;

import io.busbar.modbus.simulation.ModbusServer;
import io.busbar.modbus.simulation.SimulatedCharger;
import io.busbar.modbus.wire.Framing;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.SocketLink;
import io.busbar.modbus.wire.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Devices that are polled by bare loops, with no driver between: how late polls are where nothing
 * could disturb them but the machine.
 */
final class BarePolls implements AutoCloseable {

  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final int READS = 3;

  private final long period;
  private final List<ModbusServer> servers = new ArrayList<>();
  private final List<List<Long>> times = new ArrayList<>();
  private volatile boolean over;

  BarePolls(int count, Duration period) {
    this.period = period.toNanos();
    for (int i = 0; i < count; i++) {
      SimulatedCharger charger = new SimulatedCharger(Vendor.ALFEN.map(), 1, 690);
      ModbusServer server = ModbusServer.of(Framing.TCP, 1, charger);
      List<Long> own = new CopyOnWriteArrayList<>();
      servers.add(server);
      times.add(own);
      Thread.ofVirtual().start(() -> poll(server, own));
    }
  }

  private void poll(ModbusServer server, List<Long> own) {
    int address = Vendor.ALFEN.map().register("power").address();
    try (SocketLink link = SocketLink.connect(server.peer(), WITHIN)) {
      long next = System.nanoTime();
      while (!over) {
        for (int i = 0; i < READS; i++) {
          link.read(1, Space.HOLDING, address, 2, WITHIN);
        }
        own.add(System.nanoTime());
        next += period;
        while (System.nanoTime() < next) {
          LockSupport.parkNanos(next - System.nanoTime());
        }
      }
    } catch (ModbusException e) {
      own.add(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
    }
  }

  /** The longest that a poll came after the one before, less the period. */
  Duration latest(long from, long to) {
    long latest = 0;
    for (List<Long> own : times) {
      List<Long> within = own.stream().filter(t -> t >= from && t <= to).toList();
      for (int i = 1; i < within.size(); i++) {
        latest = Math.max(latest, within.get(i) - within.get(i - 1) - period);
      }
    }
    return Duration.ofNanos(latest);
  }

  @Override
  public void close() {
    over = true;
    servers.forEach(ModbusServer::close);
  }
}
