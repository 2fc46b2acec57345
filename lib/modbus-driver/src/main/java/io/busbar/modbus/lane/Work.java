package io.busbar.modbus.lane;

import io.busbar.modbus.wire.ModbusException;

/**
 * Requests to one unit that belong together.
 *
 * @param <T> what comes of them
 */
@FunctionalInterface
public interface Work<T> {

  /** Runs on the lane's thread; between two of its requests more urgent work may go first. */
  T run(Exchange exchange) throws ModbusException;
}
