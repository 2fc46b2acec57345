package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.Strategy;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.Wiring;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.Share.Reason;
import io.busbar.testkit.Verifies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random sites whose charge points have one to four connectors, each named by its seed. */
@Verifies({"LB-05", "FR-003"})
class ChargePointTreesTest {

  private static final int SITES = 3_000;
  private static final Policy AMONG_POINTS =
      Situation.POLICY.with(Strategy.EQUAL_SHARE, Granularity.CHARGE_POINT, 0);

  @Test
  void charge_points_share_and_connectors_split_as_a_slow_reference_says() {
    assertThat(wrong(ChargePointTreesTest::differs)).isEmpty();
  }

  @Test
  void nobody_is_above_a_limit_and_nobody_could_have_more() {
    assertThat(wrong(ChargePointTreesTest::wasted)).isEmpty();
  }

  @Test
  void the_same_are_admitted_as_if_connectors_shared() {
    assertThat(
            wrong(
                drawn -> {
                  int[] among = watts(drawn, AMONG_POINTS);
                  int[] single = watts(drawn, Situation.POLICY);
                  for (int i = 0; i < among.length; i++) {
                    if (among[i] > 0 != single[i] > 0) {
                      return Optional.of("connector " + i + ": " + among[i] + ", " + single[i]);
                    }
                  }
                  return Optional.empty();
                }))
        .isEmpty();
  }

  @Test
  void where_currents_are_bounded_none_is_exceeded_and_nobody_could_have_more() {
    assertThat(wrong(seed -> new Drawn(seed, true), ChargePointTreesTest::wastedCurrent)).isEmpty();
  }

  private interface Look {
    Optional<String> at(Drawn drawn);
  }

  private static String wrong(Look look) {
    return wrong(seed -> new Drawn(seed, false), look);
  }

  private static String wrong(java.util.function.LongFunction<Drawn> draw, Look look) {
    return LongStream.range(0, SITES)
        .mapToObj(seed -> look.at(draw.apply(seed)).map(text -> "seed " + seed + ": " + text))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("");
  }

  private static int[] watts(Drawn drawn, Policy policy) {
    Decision decision = drawn.situation.policy(policy).decide();
    return drawn.situation.tree().connectors().stream()
        .mapToInt(connector -> decision.share(connector.number()).watts())
        .toArray();
  }

  private static Optional<String> differs(Drawn drawn) {
    int[] got = watts(drawn, AMONG_POINTS);
    double[] expected =
        new ChargePointReference(drawn.situation.tree(), drawn.wants, got, drawn.weights).watts();
    for (int i = 0; i < got.length; i++) {
      if (Math.abs(got[i] - expected[i]) > 1.01) {
        return Optional.of(
            "connector %d gets %d, not %.2f%n%s%n%s"
                .formatted(i, got[i], expected[i], Arrays.toString(got), drawn));
      }
    }
    return Optional.empty();
  }

  /** Rounding down may leave a watt for each connector. */
  private static Optional<String> wasted(Drawn drawn) {
    SiteTree tree = drawn.situation.tree();
    int[] got = watts(drawn, AMONG_POINTS);
    long[] sums = sums(tree, got);
    for (int node = 0; node < tree.size(); node++) {
      if (sums[node] > tree.limits().watts(node)) {
        return Optional.of("node " + node + " carries " + sums[node]);
      }
    }
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      boolean full = got[i] == 0 || got[i] >= drawn.wants[i];
      for (int at = connector.node(); at >= 0 && !full; at = tree.parent(at)) {
        full = sums[at] > tree.limits().watts(at) - got.length - 1;
      }
      if (!full) {
        return Optional.of("connector " + i + " could have more than " + got[i]);
      }
    }
    return Optional.empty();
  }

  private static long[] sums(SiteTree tree, int[] watts) {
    long[] sums = new long[tree.size()];
    for (ConnectorRating connector : tree.connectors()) {
      for (int at = connector.node(); at >= 0; at = tree.parent(at)) {
        sums[at] += watts[connector.number()];
      }
    }
    return sums;
  }

  private static Optional<String> wastedCurrent(Drawn drawn) {
    SiteTree tree = drawn.situation.tree();
    Decision decision = drawn.situation.policy(AMONG_POINTS).decide();
    Load load = new Load(tree);
    Room room = decision.room();
    for (ConnectorRating connector : tree.connectors()) {
      load.add(connector, decision.share(connector.number()).watts());
    }
    for (int node = 0; node < tree.size(); node++) {
      if (load.exceeds(node, room)) {
        return Optional.of("node " + node + " carries too much");
      }
    }
    int slack = tree.connectors().size() + 2;
    for (ConnectorRating connector : tree.connectors()) {
      Share share = decision.share(connector.number());
      boolean wantsMore = share.watts() > 0 && share.watts() + slack < share.wantedWatts();
      if (wantsMore && load.full(connector, slack, room) == Load.NOWHERE) {
        return Optional.of("connector " + connector.number() + " could have more: " + share);
      }
      if (wantsMore && share.reason() != Reason.LIMIT) {
        return Optional.of("connector " + connector.number() + " is stopped by " + share);
      }
    }
    return Optional.empty();
  }

  /** A site and what its vehicles want. */
  private static final class Drawn {
    private static final Wiring.Phases[] PHASES = {
      Wiring.Phases.L1, Wiring.Phases.L2, Wiring.Phases.L3, Wiring.Phases.L1L2
    };

    private final Situation situation;
    private final int[] wants;
    private final double[] weights;
    private final StringBuilder words = new StringBuilder();

    Drawn(long seed, boolean wired) {
      SplittableRandom random = new SplittableRandom(seed);
      SiteSketch sketch = new SiteSketch().grid("g", random.nextInt(3_000, 60_000));
      List<String> names = new ArrayList<>();
      int circuits = random.nextInt(1, 4);
      for (int c = 0; c < circuits; c++) {
        int watts = random.nextInt(2_000, 40_000);
        String parent = c == 0 || random.nextBoolean() ? "g" : "c0";
        sketch.circuit("c" + c, parent, watts, wired ? lines(random) : new Conductor[0]);
        words.append("c%d below %s %d W%n".formatted(c, parent, watts));
        int points = random.nextInt(1, 4);
        for (int p = 0; p < points; p++) {
          point(sketch, "c" + c, "p" + c + p, wired, random, names);
        }
      }
      this.situation = new Situation(sketch);
      this.wants = new int[names.size()];
      this.weights = new double[names.size()];
      for (String name : names) {
        int want = random.nextInt(5) == 0 ? 0 : random.nextInt(1_380, SiteSketch.MAX + 1);
        wants[situation.connector(name)] = want;
        double weight = 0.5 + random.nextInt(4);
        weights[situation.connector(name)] = weight;
        situation.with(name, Situation.weighted(want, weight, 0));
        words.append("%s wants %d, weighs %s%n".formatted(name, want, weight));
      }
    }

    private void point(
        SiteSketch sketch,
        String circuit,
        String name,
        boolean wired,
        SplittableRandom random,
        List<String> names) {
      int watts = random.nextInt(2_000, 20_000);
      sketch.point(name, circuit, watts);
      words.append("%s below %s %d W%n".formatted(name, circuit, watts));
      int connectors = random.nextInt(1, 5);
      for (int i = 0; i < connectors; i++) {
        if (wired) {
          sketch.wiring(230, PHASES[random.nextInt(PHASES.length)]);
        }
        sketch.connectorAt(name + "-" + i, name, random.nextInt(1_380, SiteSketch.MAX + 1));
        names.add(name + "-" + i);
      }
    }

    private static Conductor[] lines(SplittableRandom random) {
      double amps = random.nextInt(10, 60);
      return new Conductor[] {
        new Conductor("L1", amps, Carries.L1),
        new Conductor("L2", amps, Carries.L2),
        new Conductor("L3", amps, Carries.L3)
      };
    }

    @Override
    public String toString() {
      return words.toString();
    }
  }
}
