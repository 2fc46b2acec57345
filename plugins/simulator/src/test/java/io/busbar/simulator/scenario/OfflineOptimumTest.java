package io.busbar.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.simulator.SketchedSite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Against all ways of cutting a small site in two: the largest flow is the smallest cut. */
class OfflineOptimumTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  @Test
  void itIsTheSmallestCutOfEveryTinySite() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      SketchedSite site = new SketchedSite(random.nextInt(1_000, 30_000));
      for (int circuit = 0; circuit < 2; circuit++) {
        site.circuit(random.nextInt(1_000, 20_000));
        site.connector(random.nextInt(1_000, 11_000));
        site.connector(random.nextInt(1_000, 11_000));
      }
      List<Stay> stays = stays(random, site);

      double found = new OfflineOptimum(site.snapshot()).wattHours(stays);

      assertThat(found).as("seed %d", seed).isCloseTo(smallestCut(site, stays), within(0.01));
    }
  }

  private static List<Stay> stays(Random random, SketchedSite site) {
    List<Stay> stays = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int from = random.nextInt(10);
      stays.add(stay(i, site.connectors().get(i), from, from + 1 + random.nextInt(5), random));
    }
    return stays;
  }

  private static Stay stay(int id, UUID node, int from, int to, Random random) {
    return new Stay(
        new UUID(0, id),
        node,
        START.plusSeconds(from * 3600L),
        START.plusSeconds(to * 3600L),
        START.plusSeconds(to * 3600L),
        random.nextInt(40_000),
        random.nextInt(1_000, 12_000),
        OptionalInt.empty());
  }

  /** Over every set of stays: what the others want, and what the site gives to this set alone. */
  private static double smallestCut(SketchedSite site, List<Stay> stays) {
    double smallest = Double.MAX_VALUE;
    for (int set = 0; set < 1 << stays.size(); set++) {
      double cut = 0;
      for (int i = 0; i < stays.size(); i++) {
        cut += (set & 1 << i) == 0 ? stays.get(i).energyWattHours() : 0;
      }
      for (int hour = 0; hour < 16; hour++) {
        cut += capacity(site, stays, set, START.plusSeconds(hour * 3600L));
      }
      smallest = Math.min(smallest, cut);
    }
    return smallest;
  }

  private static double capacity(SketchedSite site, List<Stay> stays, int set, Instant hour) {
    double[] below = new double[2];
    for (int i = 0; i < stays.size(); i++) {
      Stay stay = stays.get(i);
      boolean there = !stay.arrival().isAfter(hour) && stay.departure().isAfter(hour);
      if ((set & 1 << i) != 0 && there) {
        below[i / 2] += Math.min(stay.maxWatts(), site.limit(stay.nodeId()));
      }
    }
    double circuits =
        Math.min(below[0], site.limit(site.circuits().get(0)))
            + Math.min(below[1], site.limit(site.circuits().get(1)));
    return Math.min(circuits, site.limit(site.grid()));
  }
}
