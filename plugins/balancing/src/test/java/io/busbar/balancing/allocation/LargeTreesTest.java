package io.busbar.balancing.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Shapes that break recursion, or patience, where an algorithm is not careful. */
class LargeTreesTest {

  private static final int MANY = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void a_chain_of_a_hundred_thousand_nodes_is_walked_without_recursion() {
    int[] parent = IntStream.range(-1, MANY - 1).toArray();
    AllocationProblem chain = new AllocationProblem(parent, new int[] {MANY - 1});
    chain.limit(MANY / 2, 7_400);
    chain.request(0, 11_000, 1_380, 1, 0, 0);

    Allocation allocation = new Allocator(chain).allocate();

    assertThat(allocation.watts(0)).isEqualTo(7_400);
    assertThat(allocation.boundBy(0)).isEqualTo(MANY / 2);
  }

  @Test
  void a_chain_with_a_connector_at_every_step_is_solved_though_every_step_binds() {
    int steps = MANY / 10;
    int[] parent = new int[2 * steps];
    int[] connectorNode = new int[steps];
    for (int step = 0; step < steps; step++) {
      parent[2 * step] = step == 0 ? -1 : 2 * (step - 1);
      parent[2 * step + 1] = 2 * step;
      connectorNode[step] = 2 * step + 1;
    }
    AllocationProblem comb = new AllocationProblem(parent, connectorNode);
    for (int step = 0; step < steps; step++) {
      comb.limit(2 * step, 1_000.0 * (steps - step));
      comb.request(step, step % 2 == 0 ? 22_000 : 500 + step % 7);
    }

    Allocation allocation =
        Assertions.assertTimeout(PATIENCE, () -> new Allocator(comb).allocate());

    assertThat(allocation.wattsBelow(0)).isBetween(1_000L * steps - steps, 1_000L * steps);
    assertThat(allocation.watts(1)).isEqualTo(501);
  }

  @Test
  void as_many_classes_as_connectors_cost_no_more_than_their_paths() {
    int[] parent = new int[MANY + 1];
    parent[0] = -1;
    AllocationProblem ladder =
        new AllocationProblem(parent, IntStream.rangeClosed(1, MANY).toArray());
    ladder.limit(0, 1_000.0 * MANY / 2);
    for (int i = 0; i < MANY; i++) {
      ladder.request(i, 1_000, 0, 1, i, AllocationProblem.NO_RANK);
    }

    Allocation allocation =
        Assertions.assertTimeout(PATIENCE, () -> new Allocator(ladder).allocate());

    assertThat(allocation.watts(MANY - 1)).isEqualTo(1_000);
    assertThat(allocation.watts(MANY / 2)).isEqualTo(1_000);
    assertThat(allocation.watts(MANY / 2 - 1)).isZero();
  }

  @Test
  void deciding_again_allocates_no_memory() {
    AllocationProblem problem = Cases.random(3, 2_000).problem();
    Allocator allocator = new Allocator(problem);
    IntStream.range(0, 2_000).forEach(i -> allocator.allocate());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      allocator.allocate();
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes).isLessThan(10_000);
  }
}
