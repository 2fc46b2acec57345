package io.busbar.api.balancing;

/**
 * Who goes first where not everybody can have what it wants. It only orders and weights: what fits
 * is decided in one place for all of them.
 */
public enum Strategy {
  /** Everybody alike, by weight. */
  EQUAL_SHARE,
  /** The more important session first; alike among equals. */
  PRIORITY,
  /** Who was plugged in first. */
  FIRST_COME_FIRST_SERVED,
  /** Who leaves first; whoever has time to spare may wait at 0 while others use the power. */
  EARLIEST_DEADLINE,
  /**
   * Who can wait least: the time until departure less the time that charging still takes; whoever
   * has such time may wait at 0 while others use the power.
   */
  LEAST_LAXITY,
  /** By what each still needs per hour of its stay: all get on equally well. */
  PROPORTIONAL_NEED
}
