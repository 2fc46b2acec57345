package io.busbar.api.field;

import java.util.List;
import java.util.UUID;

/**
 * Readings of one driver, taken together.
 *
 * @param microgridId the site
 * @param source who read them, for example a plugin id
 * @param readings at most one per node
 */
public record Readings(UUID microgridId, String source, List<Reading> readings) {
  public Readings {
    readings = List.copyOf(readings);
  }
}
