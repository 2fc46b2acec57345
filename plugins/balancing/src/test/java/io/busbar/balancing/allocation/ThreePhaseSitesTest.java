package io.busbar.balancing.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.balancing.allocation.Allocation.Cause;
import io.busbar.balancing.allocation.RealSite.Conductor;
import io.busbar.testkit.Verifies;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random situations on each real site behind a delta-wye transformer: 2,000, or as many as {@code
 * -Dbusbar.situations} says.
 */
@Verifies({"FR-003", "FR-005"})
class ThreePhaseSitesTest {

  private static final int SITUATIONS = Integer.getInteger("busbar.situations", 2_000);
  private static final double TOLERANCE = 1e-5;

  /** The finest raise that has to break something, in watts: well above the tolerances. */
  private static final double MORE = 0.01;

  @ParameterizedTest
  @ValueSource(strings = {"caltech.nominal.json", "jpl.nominal.json", "office001.nominal.json"})
  void noConductorCarriesTooMuchNobodyCouldHaveMoreAndSharesAreFair(String file) {
    RealSite site = RealSite.read(file);
    AllocationProblem problem = site.problem();
    Allocator allocator = new Allocator(problem);
    for (long seed = 0; seed < SITUATIONS; seed++) {
      Situation situation = new Situation(site, problem, new SplittableRandom(seed));
      Optional<String> wrong = situation.violation(allocator.allocate());
      assertThat(wrong).as("%s, seed %d", file, seed).isEmpty();
    }
  }

  /** Requests, and what must be true of any answer to them. */
  private static final class Situation {
    private final RealSite site;
    private final SplittableRandom random;
    private final double[] demand;
    private final double[] minimum;
    private final int[] priority;
    private final double[] weight;
    private Allocation answer;
    private double[] watts;
    private double[] whole;

    Situation(RealSite site, AllocationProblem problem, SplittableRandom random) {
      this.site = site;
      this.random = random;
      int connectors = site.pair.length;
      demand = new double[connectors];
      minimum = new double[connectors];
      priority = new int[connectors];
      weight = new double[connectors];
      double present = random.nextDouble();
      boolean classes = random.nextInt(3) == 0;
      boolean minimums = random.nextInt(3) > 0;
      double[] crowd = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
      for (int i = 0; i < connectors; i++) {
        minimum[i] = minimums ? site.minimum[i] : 0;
        priority[i] = classes ? random.nextInt(3) : 0;
        weight[i] = classes ? 1 + random.nextInt(3) : 1;
        if (random.nextDouble() < present * 2 * crowd[site.pair[i]]) {
          demand[i] = random.nextInt(1_248, 6_657);
          problem.request(i, demand[i], minimum[i], weight[i], priority[i], random.nextInt(1_000));
        } else {
          problem.noRequest(i);
        }
      }
    }

    Optional<String> violation(Allocation given) {
      answer = given;
      watts = IntStream.range(0, demand.length).mapToDouble(given::exactWatts).toArray();
      whole = IntStream.range(0, demand.length).mapToDouble(given::watts).toArray();
      double[] taken = Arrays.stream(whole).map(most -> most * random.nextDouble()).toArray();
      return Stream.concat(
              Stream.of(broken(watts, TOLERANCE), broken(whole, 1e-6), broken(taken, 1e-6)),
              IntStream.range(0, demand.length).mapToObj(this::atConnector))
          .flatMap(Optional::stream)
          .findFirst();
    }

    /** The first bound that so many watts break. */
    private Optional<String> broken(double[] given, double tolerance) {
      for (int node = 0; node < site.limit.length; node++) {
        if (site.sum(node, given) > site.limit[node] + tolerance) {
          return Optional.of("node " + node + " carries " + site.sum(node, given));
        }
      }
      return site.conductors.stream()
          .filter(line -> flow(line, given) > line.amps() + tolerance)
          .map(line -> line.name() + " carries " + flow(line, given) + " A")
          .findFirst();
    }

    private double flow(Conductor line, double[] given) {
      return line.flow(site.byPair(line.node(), given));
    }

    private Optional<String> atConnector(int i) {
      Cause cause = answer.cause(i);
      String got = "connector %d gets %s: %s".formatted(i, watts[i], cause);
      boolean right =
          switch (cause) {
            case NO_REQUEST -> demand[i] == 0 && watts[i] == 0;
            case DEMAND_MET -> watts[i] >= demand[i] - TOLERANCE;
            case PAUSED -> watts[i] == 0 && minimum[i] > 0 && !couldHave(i, minimum[i]);
            case NEVER -> watts[i] == 0 && minimum[i] > demand[i];
            case LIMITED ->
                watts[i] >= minimum[i] && !couldHave(i, watts[i] + MORE) && isFairlyStopped(i);
          };
      return right ? Optional.empty() : Optional.of(got);
    }

    /** Whether it could have so many watts while all others keep what they are sure of. */
    private boolean couldHave(int i, double more) {
      double[] other = watts.clone();
      if (answer.cause(i) == Cause.PAUSED) {
        Arrays.setAll(other, k -> answer.exactWatts(k) > 0 ? minimum[k] : 0);
      }
      other[i] = more;
      return broken(other, TOLERANCE / 10).isEmpty();
    }

    /** A full bound through which nobody else flows who should have given way. */
    private boolean isFairlyStopped(int i) {
      int node = answer.boundBy(i);
      boolean byWatts = site.sum(node, watts) >= site.limit[node] - TOLERANCE;
      return (byWatts && isFair(i, node, new double[] {1, 1, 1}))
          || site.conductors.stream()
              .filter(line -> line.node() == node && line.share()[site.pair[i]] != 0)
              .filter(line -> flow(line, watts) >= line.amps() - TOLERANCE)
              .anyMatch(line -> isFair(i, node, line.share()));
    }

    private boolean isFair(int i, int node, double[] share) {
      double level = watts[i] / weight[i];
      return IntStream.range(0, watts.length)
          .filter(k -> k != i && share[site.pair[k]] != 0 && site.isBelow(k, node))
          .filter(k -> watts[k] > minimum[k] + TOLERANCE)
          .noneMatch(
              k ->
                  priority[k] < priority[i]
                      || (priority[k] == priority[i] && watts[k] / weight[k] > level + TOLERANCE));
    }
  }
}
