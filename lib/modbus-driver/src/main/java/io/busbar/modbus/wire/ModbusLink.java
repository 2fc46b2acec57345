package io.busbar.modbus.wire;

import java.time.Duration;

/**
 * One connection to a device or gateway, for one request at a time. After a {@link WireException}
 * it is closed and of no more use.
 */
public interface ModbusLink extends AutoCloseable {

  /**
   * Reads registers.
   *
   * @param unit unit id, 0–255
   * @param count 1–125
   * @param within time until the whole answer must be there
   * @return as many words as asked for, each 0–65535
   */
  int[] read(int unit, Space space, int address, int count, Duration within) throws ModbusException;

  /** Writes holding registers and checks the device's echo. */
  void write(int unit, int address, int[] words, WriteFunction function, Duration within)
      throws ModbusException;

  @Override
  void close();
}
