package io.busbar.modbus.plugin;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.Wiring;
import io.busbar.modbus.charger.ChargerSettings;
import io.busbar.modbus.plugin.ModbusChargerConfig.Connection;
import java.time.Duration;

/** What the site says of a connector, as its driver needs it. */
final class ChargerFacts {

  /** One phase of a European supply, where the site does not say how a connector is wired. */
  private static final int USUAL_WATTS_PER_AMP = 230;

  private static final Duration USUAL_AGE = Duration.ofSeconds(60);

  private ChargerFacts() {}

  static ChargerSettings settings(Connection device, MicrogridNode node, boolean shared) {
    AssetFacts asset = node.asset().orElseThrow();
    Duration watchdog =
        asset
            .connector()
            .map(facts -> Duration.ofSeconds(facts.watchdogSeconds()))
            .filter(Duration::isPositive)
            .orElse(USUAL_AGE);
    return new ChargerSettings(
        node.microgridId(),
        node.nodeId(),
        device.connector(),
        device.unit(),
        device.stationUnit(),
        device.point(),
        shared,
        device.poll(),
        device.decisionMaxAge().orElse(watchdog),
        asset.wiring().map(Wiring::wattsPerAmp).orElse(USUAL_WATTS_PER_AMP),
        asset.ratedWatts(),
        asset.failSafeWatts().orElse(0),
        device.watchdog());
  }
}
