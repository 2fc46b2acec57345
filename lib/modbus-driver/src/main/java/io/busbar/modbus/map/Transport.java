package io.busbar.modbus.map;

import io.busbar.modbus.wire.Framing;
import java.util.List;

/**
 * How devices are reached.
 *
 * @param framings possible framings, the usual one first
 * @param port usual TCP port
 */
public record Transport(List<Framing> framings, int port) {
  public Transport {
    framings = List.copyOf(framings);
  }
}
