package io.busbar.api.field;

/** State of the vehicle at a connector, by the letters of IEC 61851-1. */
public enum VehicleState {
  /** A: nothing plugged in. */
  NONE,
  /** B: plugged in, not drawing: not offered enough, or wants nothing. */
  CONNECTED,
  /** C or D: draws, or is ready to. */
  CHARGING,
  /** E or F: faulty; draws nothing. */
  FAULT
}
