package io.busbar.simulator;

import io.busbar.api.simulator.Degrade;
import io.busbar.api.simulator.Degrade.What;
import io.busbar.api.simulator.PlayStays;
import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.simulator.SimulatorAddresses;
import io.busbar.testkit.ChargerDriverContract;
import io.busbar.testkit.ConnectorSite;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The simulator does what every driver does. */
@Verifies("KN-04")
class SimulatorDriverTest extends ChargerDriverContract {

  private static final UUID CONNECTOR = ConnectorSite.connector(1);
  private static final int FAIL_SAFE_AMPS = 6;
  private static final Duration LONG = Duration.ofDays(1);

  @Override
  protected Rig start(Path dataFolder) {
    JsonObject config =
        new JsonObject()
            .put("sample_seconds", 1.0)
            .put("ramp_seconds", 1)
            .put("take_up_seconds", 0)
            .put("seed", 1)
            .put("sites", new JsonArray());
    FakeContext context = FakeContext.of("simulator", config, dataFolder);
    new ConnectorSite(1, FAIL_SAFE_AMPS, 10).answerOn(context.bus());
    return new SimulatorRig(context, PluginHarness.start(new SimulatorPlugin(), context));
  }

  private record SimulatorRig(FakeContext context, PluginHarness harness) implements Rig {

    @Override
    public void plug(int watts) {
      Instant now = context.clock().instant();
      Instant departure = now.plus(LONG);
      play(
          new Stay(
              UUID.randomUUID(),
              CONNECTOR,
              now,
              departure,
              departure,
              1_000_000,
              watts,
              OptionalInt.empty()));
    }

    @Override
    public void unplug() {
      play();
    }

    private void play(Stay... stays) {
      context
          .bus()
          .ask(SimulatorAddresses.PLAY.at(ConnectorSite.MICROGRID), new PlayStays(List.of(stays)));
    }

    @Override
    public void silent(boolean value) {
      context
          .bus()
          .ask(
              SimulatorAddresses.DEGRADE.at(ConnectorSite.MICROGRID),
              new Degrade(What.DEVICE_OFFLINE, value, List.of(CONNECTOR), 0));
    }

    @Override
    public double drawn() {
      return context.bus().told(SimulatorAddresses.LOADS).getLast().loads().stream()
          .filter(load -> load.nodeId().equals(CONNECTOR))
          .mapToDouble(load -> load.watts())
          .findFirst()
          .orElse(0);
    }

    @Override
    public int fallbackWatts() {
      return FAIL_SAFE_AMPS * ConnectorSite.WATTS_PER_AMP;
    }

    @Override
    public boolean eventually(Duration within, BooleanSupplier holds) {
      for (long second = 0; second < within.toSeconds() && !holds.getAsBoolean(); second++) {
        context.clock().leapSeconds(1);
      }
      return holds.getAsBoolean();
    }

    @Override
    public void close() {
      harness.close();
    }
  }
}
