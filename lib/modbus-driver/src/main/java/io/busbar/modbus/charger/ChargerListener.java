package io.busbar.modbus.charger;

import io.busbar.api.field.Device;
import io.busbar.api.field.Reading;

/** Who wants to know what a charger says; called on the thread of its connection. */
public interface ChargerListener {

  /** The device was read. */
  void read(Reading reading);

  /** Something about the device itself is different from before. */
  void changed(Device device);
}
