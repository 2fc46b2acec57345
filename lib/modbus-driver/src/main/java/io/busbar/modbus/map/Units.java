package io.busbar.modbus.map;

/**
 * Unit ids.
 *
 * @param point unit of a connector unless a device is configured otherwise
 * @param perPoint whether each connector has a unit of its own: {@code point} and those after it
 * @param station unit of what belongs to the whole device
 * @param stationIsOwn whether the station has a unit of its own, so that a configured unit does not
 *     count for it
 */
public record Units(int point, boolean perPoint, int station, boolean stationIsOwn) {}
