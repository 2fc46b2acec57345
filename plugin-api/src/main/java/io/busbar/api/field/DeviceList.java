package io.busbar.api.field;

import java.util.List;

/**
 * The devices of one driver.
 *
 * @param devices one per configured connector that is in a site, ordered by name
 */
public record DeviceList(List<Device> devices) {
  public DeviceList {
    devices = List.copyOf(devices);
  }
}
