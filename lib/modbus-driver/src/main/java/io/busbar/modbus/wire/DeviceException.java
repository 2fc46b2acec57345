package io.busbar.modbus.wire;

/** The device answered that it will not; the connection is good. */
public final class DeviceException extends ModbusException {

  private static final long serialVersionUID = 1L;

  private static final int ILLEGAL_FUNCTION = 1;
  private static final int ILLEGAL_VALUE = 3;
  private static final int NO_PATH = 10;
  private static final int NO_ANSWER_BEHIND = 11;

  private final int code;

  public DeviceException(int code, String request) {
    super(request + ": exception " + code + " (" + name(code) + ")", null);
    this.code = code;
  }

  /** Modbus exception code; devices use numbers beyond the standard's, too. */
  public int code() {
    return code;
  }

  /** Whether it is about what was asked for: that register, that value. */
  public boolean isOfTheRegister() {
    return code >= ILLEGAL_FUNCTION && code <= ILLEGAL_VALUE;
  }

  /** Whether a gateway says that the unit behind it is absent or silent. */
  public boolean isOfTheUnit() {
    return code == NO_PATH || code == NO_ANSWER_BEHIND;
  }

  private static String name(int code) {
    return switch (code) {
      case 1 -> "illegal function";
      case 2 -> "illegal address";
      case 3 -> "illegal value";
      case 4 -> "device failure";
      case 5 -> "acknowledged, not done yet";
      case 6 -> "busy";
      case 7 -> "negative acknowledge";
      case 8 -> "memory parity error";
      case 10 -> "gateway path unavailable";
      case 11 -> "device behind the gateway did not answer";
      default -> "not in the standard";
    };
  }
}
