package io.busbar.bench;

import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The least that has to be done: every device is read once a second by j2mod, and that is all. */
final class BareModbusLoop implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 3000;
  private static final int ADDRESS = 306;
  private static final int REGISTERS = 40;
  private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

  private final LongAdder reads = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile boolean over;

  BareModbusLoop(List<Integer> ports) {
    for (int i = 0; i < ports.size(); i++) {
      int port = ports.get(i);
      long delay = PERIOD * i / ports.size();
      Thread.ofVirtual().start(() -> poll(port, delay));
    }
  }

  private void poll(int port, long delay) {
    ModbusTCPMaster master = new ModbusTCPMaster("127.0.0.1", port, TIMEOUT_MILLIS, false);
    try {
      long next = System.nanoTime() + delay;
      TimeUnit.NANOSECONDS.sleep(delay);
      master.connect();
      while (!over) {
        master.readMultipleRegisters(1, ADDRESS, REGISTERS);
        reads.increment();
        next += PERIOD;
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      }
    } catch (Exception e) {
      failures.increment();
    } finally {
      master.disconnect();
    }
  }

  long reads() {
    return reads.sum();
  }

  long failures() {
    return failures.sum();
  }

  @Override
  public void close() {
    over = true;
  }
}
