package io.busbar.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busbar.balancing.allocation.Allocation;
import io.busbar.balancing.allocation.Allocation.Cause;
import io.busbar.balancing.allocation.Allocator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The depot is the one that the peers were measured on: its known figures come out. */
class DepotTest {

  @ParameterizedTest
  @CsvSource({"50,29", "500,265", "5000,2629"})
  void it_has_as_many_limits_above_the_connectors(int connectors, int limits) {
    Depot depot = new Depot(connectors, 0.6);

    assertThat(depot.nodes() - connectors).isEqualTo(limits);
    assertThat(depot.parent).hasSize(depot.nodes());
    assertThat(depot.connectorNode).hasSize(connectors).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"50", "500", "5000"})
  void everybody_gets_the_same_in_the_plain_one(int connectors) {
    Allocation allocation = solve(Shape.PLAIN, connectors);

    assertThat(IntStream.range(0, connectors).boxed())
        .extracting(i -> allocation.exactWatts(i) / Depot.WATTS_PER_AMP)
        .allSatisfy(each -> assertThat(each).isCloseTo(13.82, within(0.005)));
    assertThat(allocation.boundBy(connectors - 1)).isZero();
  }

  @Test
  void four_in_ten_minimums_fit_in_the_scarce_one() {
    Allocation allocation = solve(Shape.SCARCE, 5_000);

    long admitted =
        IntStream.range(0, 5_000).filter(i -> allocation.cause(i) != Cause.PAUSED).count();

    assertThat(admitted).isBetween(1_750L, 2_250L);
  }

  @Test
  void nothing_binds_where_nothing_should() {
    Allocation allocation = solve(Shape.UNBOUND, 500);

    assertThat(IntStream.range(0, 500).mapToObj(allocation::cause))
        .allMatch(Cause.DEMAND_MET::equals);
  }

  @Test
  void the_plain_pass_walks_the_whole_tree() {
    double unlimited = 32 * 500;
    double pass = new PlainPass(new Depot(500, 0.6)).run();

    assertThat(pass).isLessThan(unlimited).isGreaterThan(0.4 * unlimited);
  }

  private static Allocation solve(Shape shape, int connectors) {
    return new Allocator(shape.problem(shape.depot(connectors))).allocate();
  }
}
