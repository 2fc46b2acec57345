package io.busbar.oscp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.oscp.Profile.Metering;
import io.busbar.oscp.Windows.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

/** Energy of a window as partners read it. */
final class MeasurementBodies {

  private static final long MILLIS_PER_HOUR = 3_600_000;

  private final Metering metering;
  private final boolean registers;

  /**
   * For one partner.
   *
   * @param asked how it wants measurements: registers only where it asked for nothing else
   */
  MeasurementBodies(Metering metering, Set<String> asked) {
    this.metering = metering;
    this.registers = asked.equals(Set.of("CONTINUOUS"));
  }

  /**
   * Energy at both ends of a window, in whole watt hours.
   *
   * @param importFrom taken until its begin
   * @param importTo taken until its end
   * @param exportFrom given until its begin
   * @param exportTo given until its end
   */
  record Ends(long importFrom, long importTo, long exportFrom, long exportTo) {

    static final Ends ZERO = new Ends(0, 0, 0, 0);

    long imported() {
      return importTo - importFrom;
    }

    long exported() {
      return exportTo - exportFrom;
    }
  }

  String group(String groupId, Window window, Ends ends) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("group_id", groupId);
    ArrayNode measurements = body.putArray("measurements");
    measurements.add(imported(window, ends));
    if (ends.exported() > 0) {
      measurements.add(exported(window, ends));
    }
    return body.toString();
  }

  /** Everything of a group as one asset. */
  String asset(String groupId, String assetId, Window window, Ends ends) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("group_id", groupId);
    ArrayNode measurements = body.putArray("measurements");
    ObjectNode taken = asset(measurements, assetId);
    taken.set("energy_measurement", imported(window, ends));
    taken.set("instantaneous_measurement", power(window, ends));
    if (ends.exported() > 0) {
      asset(measurements, assetId).set("energy_measurement", exported(window, ends));
    }
    return body.toString();
  }

  private static ObjectNode asset(ArrayNode measurements, String assetId) {
    return measurements.addObject().put("asset_id", assetId).put("asset_category", "CHARGING");
  }

  private ObjectNode imported(Window window, Ends ends) {
    return energy(registers ? ends.importTo() : ends.imported(), "IMPORT", window);
  }

  private ObjectNode exported(Window window, Ends ends) {
    return energy(registers ? ends.exportTo() : ends.exported(), "EXPORT", window);
  }

  private ObjectNode energy(long wattHours, String direction, Window window) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("value", scaled(BigDecimal.valueOf(wattHours), metering.energyUnit().equals("KWH")));
    json.put("phase", "ALL");
    json.put("unit", metering.energyUnit());
    json.put("direction", direction);
    json.put("energy_type", metering.energyType());
    if (!registers) {
      json.put("initial_measure_time", Times.write(window.from()));
    }
    return json.put("measure_time", Times.write(window.to()));
  }

  /** The mean of the window; import positive. */
  private ObjectNode power(Window window, Ends ends) {
    BigDecimal watts =
        BigDecimal.valueOf(ends.imported() - ends.exported())
            .multiply(BigDecimal.valueOf(MILLIS_PER_HOUR))
            .divide(BigDecimal.valueOf(metering.period().toMillis()), 0, RoundingMode.HALF_EVEN);
    return JsonNodeFactory.instance
        .objectNode()
        .put("value", scaled(watts, metering.powerUnit().equals("KW")))
        .put("phase", "ALL")
        .put("unit", metering.powerUnit())
        .put("measure_time", Times.write(window.to()));
  }

  private static BigDecimal scaled(BigDecimal value, boolean kilo) {
    BigDecimal plain = (kilo ? value.movePointLeft(3) : value).stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }
}
