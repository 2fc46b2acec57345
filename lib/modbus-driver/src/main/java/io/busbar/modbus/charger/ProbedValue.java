package io.busbar.modbus.charger;

/**
 * One register as a probe found it.
 *
 * @param key its name in the map
 * @param address where it was read
 * @param shown its value for people, with the name of the value where it has one
 * @param unit of the value
 * @param meaning what it is
 * @param mark whether it can be true
 * @param remark why not
 */
public record ProbedValue(
    String key, int address, String shown, String unit, String meaning, Mark mark, String remark) {

  /** Whether a value can be true. */
  public enum Mark {
    FINE,
    /** It says, or may say, that there is no value. */
    NONE,
    /** Every such device should have it. */
    MISSING,
    DOUBTFUL
  }
}
