package io.busbar.balancing.apply;

/**
 * A set-point to be sent now.
 *
 * @param connector number of the connector
 * @param watts what it may draw
 */
public record Order(int connector, int watts) {}
