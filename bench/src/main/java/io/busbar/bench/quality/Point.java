package io.busbar.bench.quality;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.simulator.scenario.OfflineOptimum;
import io.busbar.simulator.scenario.SessionsCsv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A site with a limit on its root, its sessions, and the most that anybody could deliver. */
final class Point {

  private final SiteTree tree;
  private final List<Stay> stays;
  private final double optimumWattHours;

  private Point(TopologySnapshot site, List<Stay> stays) {
    this.tree = SiteTree.of(site);
    this.stays = stays;
    this.optimumWattHours = new OfflineOptimum(site).wattHours(stays);
  }

  /**
   * Reads one.
   *
   * @param data folder of the real data
   * @param percent limit on the root, in percent of the sum of the connectors
   */
  static Point of(Path data, RealSite site, int percent) {
    try {
      TopologySnapshot tree = GridTree.read(data.resolve(site.tree), percent);
      return new Point(tree, SessionsCsv.read(data.resolve(site.sessions), tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int sessions() {
    return stays.size();
  }

  double optimumWattHours() {
    return optimumWattHours;
  }

  Score play(Contender contender) {
    Rule rule = contender.rule().apply(tree);
    return Score.of(new Play(tree, stays, contender.truly(), rule).run(), optimumWattHours);
  }
}
