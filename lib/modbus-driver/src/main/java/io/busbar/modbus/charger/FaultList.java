package io.busbar.modbus.charger;

import io.busbar.api.field.DeviceFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong with a device now, by code. */
final class FaultList {

  private final Map<String, List<DeviceFault>> faults = new TreeMap<>();

  void set(String code, String text) {
    faults.put(code, List.of(new DeviceFault(code, text)));
  }

  void set(String code, List<DeviceFault> all) {
    if (all.isEmpty()) {
      faults.remove(code);
    } else {
      faults.put(code, List.copyOf(all));
    }
  }

  void clear(String code) {
    faults.remove(code);
  }

  List<DeviceFault> all() {
    List<DeviceFault> all = new ArrayList<>();
    faults.values().forEach(all::addAll);
    return all;
  }
}
