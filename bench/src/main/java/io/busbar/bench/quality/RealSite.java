package io.busbar.bench.quality;

import java.util.List;

/** What is played, and how much of what the connectors could take the root carries. */
enum RealSite {
  JPL("JPL", "sites/jpl.safe.json", "acn-caltech-jpl/jpl-2w.csv", List.of(5, 10, 20)),
  CALTECH(
      "Caltech", "sites/caltech.safe.json", "acn-caltech-jpl/caltech-2w.csv", List.of(5, 10, 20)),
  DEPOT(
      "Truck depot",
      "truck-depot-nrel/depot-site.json",
      "truck-depot-nrel/depot-sessions.csv",
      List.of(4, 6, 8, 10));

  final String title;
  final String tree;
  final String sessions;
  final List<Integer> percents;

  RealSite(String title, String tree, String sessions, List<Integer> percents) {
    this.title = title;
    this.tree = tree;
    this.sessions = sessions;
    this.percents = percents;
  }
}
