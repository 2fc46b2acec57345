package io.busbar.api.topology;

/**
 * Bounds on the currents of three lines, in amperes, each ≥ 0.
 *
 * @param l1 first line
 * @param l2 second line
 * @param l3 third line
 */
public record LineAmps(double l1, double l2, double l3) {}
