package io.busbar.modbus.wire;

/**
 * Where a device or a gateway is spoken to.
 *
 * @param host name or address
 * @param port TCP port
 * @param framing what it speaks
 */
public record Peer(String host, int port, Framing framing) {

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
