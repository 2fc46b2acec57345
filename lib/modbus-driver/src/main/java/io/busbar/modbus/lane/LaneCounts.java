package io.busbar.modbus.lane;

import io.busbar.modbus.wire.DeviceException;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.WireException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts what happens on a lane; read from any thread. */
final class LaneCounts {

  private long requests;
  private long connections;
  private final Map<Integer, Long> exceptions = new HashMap<>();
  private final Map<WireException.Kind, Long> failures = new EnumMap<>(WireException.Kind.class);

  synchronized void request() {
    requests++;
  }

  synchronized void connection() {
    connections++;
  }

  synchronized void failure(ModbusException failure) {
    switch (failure) {
      case DeviceException device -> exceptions.merge(device.code(), 1L, Long::sum);
      case WireException wire -> failures.merge(wire.kind(), 1L, Long::sum);
    }
  }

  synchronized LaneStatistics snapshot() {
    return new LaneStatistics(requests, exceptions, failures, connections);
  }
}
