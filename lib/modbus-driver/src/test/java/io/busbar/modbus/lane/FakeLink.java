package io.busbar.modbus.lane;

import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.ModbusLink;
import io.busbar.modbus.wire.Space;
import io.busbar.modbus.wire.WireException;
import io.busbar.modbus.wire.WireException.Kind;
import io.busbar.modbus.wire.WriteFunction;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Devices behind one connection, some of them silent; remembers what it was asked. */
final class FakeLink implements Lane.Connector {

  /** One request. */
  record Asked(int unit, int address, long at, Duration within) {}

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final Set<Integer> silent = ConcurrentHashMap.newKeySet();
  final AtomicInteger connects = new AtomicInteger();
  private final CountDownLatch silence = new CountDownLatch(1);
  volatile boolean unreachable;
  volatile CountDownLatch hold = new CountDownLatch(0);

  @Override
  public ModbusLink connect() throws WireException {
    connects.incrementAndGet();
    if (unreachable) {
      throw new WireException(Kind.NOT_CONNECTED, "nobody there");
    }
    return new Open();
  }

  private final class Open implements ModbusLink {

    @Override
    public int[] read(int unit, Space space, int address, int count, Duration within)
        throws ModbusException {
      asked.add(new Asked(unit, address, System.nanoTime(), within));
      try {
        hold.await();
        if (silent.contains(unit)) {
          silence.await(within.toNanos(), TimeUnit.NANOSECONDS);
          throw new WireException(Kind.TIMEOUT, "silent");
        }
      } catch (InterruptedException e) {
        throw new WireException(Kind.CLOSED, "interrupted", e);
      }
      return new int[count];
    }

    @Override
    public void write(int unit, int address, int[] words, WriteFunction function, Duration within)
        throws ModbusException {
      read(unit, Space.HOLDING, address, words.length, within);
    }

    @Override
    public void close() {}
  }
}
