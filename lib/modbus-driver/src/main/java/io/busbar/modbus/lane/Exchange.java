package io.busbar.modbus.lane;

import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.Space;
import io.busbar.modbus.wire.WriteFunction;

/** What {@link Work} can do: requests to its unit, paced as the device needs it. */
public interface Exchange {

  int[] read(Space space, int address, int count) throws ModbusException;

  void write(int address, int[] words, WriteFunction function) throws ModbusException;

  /** The same work at another unit of this connection, such as that of the whole station. */
  Exchange at(int unit);

  /** Number of the present connection; with another one the device may have started anew. */
  long connection() throws ModbusException;

  /** Closes the connection, so that the next request goes over a fresh one. */
  void renew();
}
