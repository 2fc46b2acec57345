package io.busbar.modbus.wire;

/** A request that did not work out. */
public abstract sealed class ModbusException extends Exception
    permits DeviceException, WireException {

  private static final long serialVersionUID = 1L;

  ModbusException(String message, Throwable cause) {
    super(message, cause);
  }
}
