package io.busbar.balancing.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.balancing.allocation.Allocation.Cause;
import io.busbar.testkit.Verifies;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Verifies({"FR-003", "LB-04"})
class AllocatorTest {

  /** A site (0) above two circuits (1, 2) with two connectors each (3 to 6). */
  private final AllocationProblem site =
      new AllocationProblem(new int[] {-1, 0, 0, 1, 1, 2, 2}, new int[] {3, 4, 5, 6});

  private Allocation solve() {
    return new Allocator(site).allocate();
  }

  private int[] watts(Allocation allocation) {
    return IntStream.range(0, site.connectors()).map(allocation::watts).toArray();
  }

  @Test
  void what_a_small_circuit_cannot_take_goes_to_the_others() {
    site.limit(0, 30_000);
    site.limit(1, 6_000);
    IntStream.range(0, 4).forEach(i -> site.request(i, 22_000));

    Allocation allocation = solve();

    assertThat(watts(allocation)).containsExactly(3_000, 3_000, 12_000, 12_000);
    assertThat(allocation.cause(0)).isEqualTo(Cause.LIMITED);
    assertThat(allocation.boundBy(0)).isEqualTo(1);
    assertThat(allocation.boundBy(2)).isEqualTo(0);
    assertThat(allocation.wattsBelow(1)).isEqualTo(6_000);
    assertThat(allocation.wattsBelow(0)).isEqualTo(30_000);
  }

  @Test
  void a_connector_that_its_own_node_bounds_names_that_node() {
    site.limit(3, 3_680);
    site.request(0, 11_000);

    Allocation allocation = solve();

    assertThat(allocation.watts(0)).isEqualTo(3_680);
    assertThat(allocation.boundBy(0)).isEqualTo(3);
  }

  @Test
  void nobody_who_got_all_it_wanted_is_bound() {
    site.request(0, 11_000);

    Allocation allocation = solve();

    assertThat(allocation.cause(0)).isEqualTo(Cause.DEMAND_MET);
    assertThat(allocation.cause(1)).isEqualTo(Cause.NO_REQUEST);
    assertThat(allocation.isBound(0)).isFalse();
    assertThatThrownBy(() -> allocation.boundBy(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("connector 0 is DEMAND_MET");
  }

  @Test
  void a_minimum_that_does_not_fit_beside_the_others_pauses_by_rank() {
    site.limit(1, 2_000);
    site.request(0, 11_000, 1_380, 1, 0, 2);
    site.request(1, 11_000, 1_380, 1, 0, 1);

    Allocation allocation = solve();

    assertThat(watts(allocation)).containsExactly(0, 2_000, 0, 0);
    assertThat(allocation.cause(0)).isEqualTo(Cause.PAUSED);
    assertThat(allocation.boundBy(0)).isEqualTo(1);
  }

  @Test
  void ranks_of_any_size_are_kept_in_order_and_none_is_last() {
    long[] ranks = {
      AllocationProblem.NO_RANK, Long.MAX_VALUE - 1, Long.MIN_VALUE, Integer.MAX_VALUE
    };
    site.limit(0, 1_380);
    for (int first : new int[] {2, 3, 1, 0}) {
      IntStream.range(0, 4).forEach(i -> site.request(i, 5_000, 1_380, 1, 0, ranks[i]));
      Allocation allocation = solve();
      assertThat(allocation.watts(first)).isEqualTo(1_380);
      assertThat(allocation.wattsBelow(0)).isEqualTo(1_380);
      ranks[first] = AllocationProblem.NO_RANK;
      site.limit(site.nodes() - 4 + first, 0);
    }
  }

  @Test
  void the_most_important_of_extreme_priorities_is_admitted_and_served_first() {
    int[] priorities = {Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0};
    site.limit(0, 12_000);
    for (int i = 0; i < 4; i++) {
      site.request(i, 5_000, 1_000, 1, priorities[i], AllocationProblem.NO_RANK);
    }

    assertThat(watts(solve())).containsExactly(1_000, 5_000, 1_000, 5_000);
  }

  @Test
  void one_that_can_never_start_says_whether_a_node_is_why() {
    site.limit(0, 5_000);
    site.limit(2, 1_000);
    site.request(0, 1_000, 1_380, 1, 0, 0);
    site.request(2, 11_000, 1_380, 1, 0, 0);

    Allocation allocation = solve();

    assertThat(watts(allocation)).containsOnly(0);
    assertThat(allocation.cause(0)).isEqualTo(Cause.NEVER);
    assertThat(allocation.isBound(0)).isFalse();
    assertThat(allocation.cause(2)).isEqualTo(Cause.NEVER);
    assertThat(allocation.boundBy(2)).isEqualTo(2);
  }

  @Test
  void a_later_decision_knows_nothing_of_an_earlier_one() {
    site.limit(0, 10_000);
    Allocator allocator = new Allocator(site);
    site.request(0, 22_000);
    site.request(1, 22_000);
    assertThat(watts(allocator.allocate())).containsExactly(5_000, 5_000, 0, 0);

    site.noRequest(0);
    site.limit(0, Double.POSITIVE_INFINITY);

    assertThat(watts(allocator.allocate())).containsExactly(0, 22_000, 0, 0);
  }

  @Test
  void rounding_that_forgives_a_millionth_never_lifts_a_node_above_its_limit() {
    int count = 1_000;
    int[] parent = new int[count + 1];
    parent[0] = -1;
    AllocationProblem crowd =
        new AllocationProblem(parent, IntStream.rangeClosed(1, count).toArray());
    crowd.limit(0, 7 * count - 0.000_5);
    IntStream.range(0, count).forEach(i -> crowd.request(i, 22_000));

    Allocation allocation = new Allocator(crowd).allocate();

    assertThat(allocation.exactWatts(0)).isBetween(7 - 0.000_001, 7.0);
    assertThat(IntStream.range(0, count).map(allocation::watts).sum()).isEqualTo(6_999);
    assertThat(allocation.wattsBelow(0)).isEqualTo(6_999);
  }

  @Test
  void what_makes_no_sense_is_refused_by_number_and_value() {
    assertThatThrownBy(() -> new AllocationProblem(new int[] {-1, 2, 0}, new int[0]))
        .hasMessageContaining("node 1")
        .hasMessageContaining("2");
    assertThatThrownBy(() -> new AllocationProblem(new int[] {-1, 0}, new int[] {1, 1}))
        .hasMessageContaining("node 1");
    assertThatThrownBy(() -> new AllocationProblem(new int[] {-1, 0}, new int[] {0}))
        .hasMessageContaining("leaf");
    assertThatThrownBy(() -> new AllocationProblem(new int[] {-1}, new int[] {1}))
        .hasMessageContaining("no node 1");
    assertThatThrownBy(() -> site.limit(1, -5)).hasMessageContaining("node 1: limit -5.0");
    assertThatThrownBy(() -> site.limit(1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> site.request(2, Double.NaN)).hasMessageContaining("connector 2");
    assertThatThrownBy(() -> site.request(2, 1, 0, 0, 0, 0)).hasMessageContaining("weight 0.0");
    assertThatThrownBy(() -> site.request(2, 1, -1, 1, 0, 0)).hasMessageContaining("minimum -1.0");
  }
}
