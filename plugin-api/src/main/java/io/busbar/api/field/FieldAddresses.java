package io.busbar.api.field;

import io.busbar.api.Request;
import io.busbar.api.Topic;
import java.time.Duration;

/**
 * Between whoever speaks to devices (charger drivers, meters, the simulator) and everybody else.
 * Since 0.1.
 */
public interface FieldAddresses {

  /**
   * What devices measured; keyed by {@code microgrid_id}. Told by drivers, as often as they read.
   */
  Topic<Readings> READINGS = Topic.of("field.readings.v1", Readings.class);

  /** A charging session began, changed or ended; keyed by {@code microgrid_id}. */
  Topic<ChargingSession> SESSION = Topic.of("field.session.v1", ChargingSession.class);

  /**
   * Sets what one connector may draw; keyed by the connector's {@code node_id}. Answered by the
   * driver of that connector once the device has confirmed by read-back. A driver that cannot reach
   * its device lets the asker's timeout run out or refuses.
   */
  Request<SetPoint, SetPointReply> SET_POINT =
      Request.of("field.set_point.v1", SetPoint.class, SetPointReply.class)
          .within(Duration.ofSeconds(5))
          .perKey();

  /** The devices of one driver; keyed by the driver's plugin id. Since 0.2. */
  Request<ListDevices, DeviceList> DEVICES =
      Request.of("field.devices.v1", ListDevices.class, DeviceList.class).perKey();

  /**
   * A device began or ceased to answer, said what it is, or something is wrong with it or no more;
   * keyed by {@code microgrid_id}. Since 0.2.
   */
  Topic<Device> DEVICE = Topic.of("field.device.v1", Device.class);
}
