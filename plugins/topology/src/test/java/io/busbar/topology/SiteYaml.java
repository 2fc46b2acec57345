package io.busbar.topology;

import io.busbar.api.topology.MicrogridNode;
import io.busbar.testkit.LeapClock;
import io.busbar.topology.SiteText.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Small site files for tests. */
final class SiteYaml {

  /** A site that keeps every rule, of every kind of asset. */
  static final String GOOD =
      """
      format: busbar-site/1
      depot: { id: north, name: North, time_zone: Europe/Berlin }
      circuits:
        - id: main
          default_capacity_watts: 100000
          fail_safe_capacity_watts: 40000
        - id: left
          parent: main
          default_capacity_amps: 100
          volts: 230
          phases: L1L2L3
      charge_points:
        - id: cp1
          circuit: left
          max_watts: 22080
        - ids: [cp2, cp3]
          circuit: main
          max_watts: 11000
          connectors:
            - { volts: 230, phases: L1, max_amps: 32 }
            - { volts: 230, phases: L2, max_watts: 5000 }
      connectors:
        - id: c1
          charge_point: cp1
          volts: 230
          phases: L1L2L3
          max_amps: 32
          fail_safe_amps: 6
      power_sources:
        - { id: roof, circuit: main, kind: PV, max_export_watts: 30000 }
        - { id: store, circuit: main, kind: BATTERY, max_import_watts: 20000, max_export_watts: 25000 }
      meters:
        - id: m1
          circuit: main
          fallback:
            - { policy: LAST_GOOD, max_age_seconds: 60 }
            - { policy: FIXED, watts: 90000 }
            - { policy: RATED }
      """;

  private SiteYaml() {}

  static Site read(String text) {
    return switch (SiteText.read("test.yaml", text, Optional.empty())) {
      case Reading.Good good -> good.site();
      case Reading.Bad bad -> throw new AssertionError(bad.problems().toString());
    };
  }

  static Tree derive(String text) {
    return derive(text, Tree.EMPTY, LeapClock.START);
  }

  /** What follows from a site file alone, with the ids of the nodes so far. */
  static Tree derive(String text, Tree previous, Instant now) {
    StoredAssets assets = StoredAssets.read("test.yaml", text);
    List<MicrogridNode> nodes = TreeDerivation.derive(assets.site(), previous.nodes());
    return new Tree(nodes, LimitSet.of(previous, nodes, List.of(), now), assets.meters(nodes));
  }

  /** Problems as a person sees them. */
  static List<String> problems(String text) {
    return switch (SiteText.read("test.yaml", text, Optional.empty())) {
      case Reading.Good _ -> List.of();
      case Reading.Bad bad -> bad.problems().stream().map(Object::toString).toList();
    };
  }
}
