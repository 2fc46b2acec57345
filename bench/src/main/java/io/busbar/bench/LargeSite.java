package io.busbar.bench;

/**
 * A site file whose tree has exactly 10,000 nodes: a grid connection, 99 circuits below it, 50
 * charge points below each, one connector in each of those.
 */
final class LargeSite {

  static final int NODES = 10_000;
  static final int CIRCUITS = 99;
  static final int CHARGE_POINTS = 50;

  private LargeSite() {}

  static String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        format: busbar-site/1
        depot: { id: large, name: Large, time_zone: Europe/Berlin }
        defaults:
          charge_points: { max_watts: 22080 }
          connectors: { volts: 230, phases: L1L2L3, max_amps: 32 }
        circuits:
          - { id: main, default_capacity_watts: 120000000 }
        """);
    for (int circuit = 0; circuit < CIRCUITS; circuit++) {
      text.append(
          "  - { id: c%d, parent: main, default_capacity_watts: 1200000 }%n".formatted(circuit));
    }
    text.append("charge_points:\n");
    for (int circuit = 0; circuit < CIRCUITS; circuit++) {
      for (int point = 0; point < CHARGE_POINTS; point++) {
        text.append(
            "  - { id: c%d-p%d, circuit: c%d, connectors: [{}] }%n"
                .formatted(circuit, point, circuit));
      }
    }
    return text.toString();
  }
}
