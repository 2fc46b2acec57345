package io.busbar.modbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.modbus.map.WatchdogRule.FedBy;
import io.busbar.modbus.simulation.Fault;
import io.busbar.modbus.simulation.Fault.Kind;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens on a connection is exposed for it, and for no other. */
class LaneMetersTest {

  private static final int SICK = 1;
  private static final int SOUND = 2;

  @TempDir Path folder;

  @Test
  void requestsExceptionsFailuresAndConnectionsAreCountedByConnection() {
    JsonObject settings = new JsonObject().put("poll_millis", 200);
    try (PlainSite site = new PlainSite(PlainCharger.map(FedBy.SETPOINT), 2, settings, folder)) {
      site.eventually("both are read", () -> site.isOnline(SICK) && site.isOnline(SOUND));
      assertThat(site.meter("modbus_requests", SICK)).isPositive();
      assertThat(site.meter("modbus_connections", SICK)).isEqualTo(1);

      site.server(SICK).misbehave(Fault.exception(4));
      site.eventually("exceptions", () -> site.meter("modbus_exceptions", SICK) > 0);
      site.server(SICK).misbehave(Fault.of(Kind.RESET));
      site.eventually("failures", () -> site.meter("modbus_failures", SICK) > 0);
      site.eventually("connections", () -> site.meter("modbus_connections", SICK) > 1);

      assertThat(site.meter("modbus_exceptions", SOUND)).isZero();
      assertThat(site.meter("modbus_failures", SOUND)).isZero();
      assertThat(site.meter("modbus_connections", SOUND)).isEqualTo(1);
    }
  }
}
