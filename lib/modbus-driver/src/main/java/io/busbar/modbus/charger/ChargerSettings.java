package io.busbar.modbus.charger;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * One connector as it is configured and as the site describes it.
 *
 * @param microgridId its site
 * @param nodeId its node
 * @param name its reference in the site file
 * @param unit unit id
 * @param stationUnit unit id of the device as a whole
 * @param point which connector of the device, from 1
 * @param shared whether other devices are behind the same connection
 * @param poll time between two polls
 * @param decisionMaxAge how long a set-point is kept up when no newer one comes
 * @param wattsPerAmp watts that one ampere per phase carries
 * @param maxWatts rating of the connector
 * @param fallbackWatts what the site counts on when set-points stop
 * @param watchdog timeout of the device where somebody said so
 */
public record ChargerSettings(
    UUID microgridId,
    UUID nodeId,
    String name,
    int unit,
    int stationUnit,
    int point,
    boolean shared,
    Duration poll,
    Duration decisionMaxAge,
    int wattsPerAmp,
    int maxWatts,
    int fallbackWatts,
    Optional<Duration> watchdog) {}
