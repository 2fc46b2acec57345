package io.busbar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.balancing.allocation.Allocation;
import io.busbar.balancing.allocation.Allocator;
import org.junit.jupiter.api.Test;

class FairProgramTest {

  private static final int SEEDS = 200;

  @Test
  void aLinearProgramGivesWhatTheAllocatorGives() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SharedTree tree = SharedTree.random(2 + seed % 40, seed);
      Allocation allocation = new Allocator(tree.problem()).allocate();
      boolean[] admitted = SolverBench.admitted(allocation, tree.connectors());

      double[] watts = new FairProgram(tree, admitted).solve();

      assertThat(SolverBench.apart(watts, allocation)).as("seed " + seed).isLessThan(1e-6);
    }
  }

  @Test
  void severalProgramsAreNeededWhereSeveralNodesBind() {
    SharedTree tree = SharedTree.random(32, 32);
    FairProgram program =
        new FairProgram(tree, SolverBench.admitted(new Allocator(tree.problem()).allocate(), 32));

    program.solve();

    assertThat(program.programs()).isGreaterThan(1);
  }
}
