package io.busbar.modbus.wire;

/**
 * No answer, or one that is not to be trusted. The connection it came from must not be used again:
 * what arrives on it later may belong to another request.
 */
public final class WireException extends ModbusException {

  private static final long serialVersionUID = 1L;

  /** What was wrong. */
  public enum Kind {
    /** No connection could be made. */
    NOT_CONNECTED,
    /** The peer closed or reset the connection. */
    CLOSED,
    /** The answer was not complete at the deadline. */
    TIMEOUT,
    /** Bytes arrived that nobody had asked for, such as an answer that came too late. */
    UNASKED,
    /** Transaction id of another request. */
    WRONG_TRANSACTION,
    /** No Modbus header, or an impossible length. */
    NO_MODBUS,
    WRONG_UNIT,
    WRONG_FUNCTION,
    /** Another number of registers than was asked for. */
    WRONG_LENGTH,
    /** A write was acknowledged with another address or value. */
    WRONG_ECHO,
    /** The check sum of an RTU frame does not match. */
    CHECK_SUM
  }

  private final Kind kind;

  public WireException(Kind kind, String message) {
    this(kind, message, null);
  }

  public WireException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
