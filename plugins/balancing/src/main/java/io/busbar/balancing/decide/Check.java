package io.busbar.balancing.decide;

/** Why a value that arrived in time is not believed. */
public enum Check {
  /** It is more than the node can carry, or less than anything there can feed in. */
  RANGE,
  /** It repeats to the last digit for longer than anything real does. */
  FROZEN,
  /** It differs from the value before by more than anything there does at once. */
  JUMP,
  /** The clock of its device runs ahead. */
  CLOCK,
  /** Currents by phase that cannot belong to the power measured with them. */
  CURRENTS;

  /** Whether a derived input says that a check failed. */
  static boolean isIn(String derived) {
    for (Check check : values()) {
      if (derived.endsWith(":" + check.name())) {
        return true;
      }
    }
    return false;
  }

  /** How derived inputs name it. */
  String of(String ref) {
    return ref + ":" + name();
  }
}
