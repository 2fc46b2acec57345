package io.busbar.api.oscp;

/** Where a connection stands in its life. */
public enum ConnectionStage {
  /** Nobody registered yet. */
  NEW,
  /** Tokens are being exchanged. */
  REGISTERING,
  /** Each side can call the other; nothing is agreed on yet. */
  REGISTERED,
  /** A handshake is under way. */
  HANDSHAKING,
  /** Forecasts count. */
  ONLINE,
  /** One side fell silent; fallback limits count until a handshake is done. */
  OFFLINE,
  /** The exchange of tokens did not come to an end; it has to be begun again. */
  FAILED,
  /** The relation was ended; fallback limits count until an operator releases them. */
  DEREGISTERED
}
