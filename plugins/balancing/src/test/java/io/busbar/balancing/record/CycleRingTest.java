package io.busbar.balancing.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListCycles;
import io.busbar.balancing.replay.StoredCycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CycleRingTest {

  private final CycleRing ring = new CycleRing(5);

  @Test
  void pagesGoFromTheNewestToTheOldestKept() {
    add(1, 8);

    assertThat(all(2)).containsExactly(8, 7, 6, 5, 4);
    assertThat(all(5)).containsExactly(8, 7, 6, 5, 4);
    assertThat(all(500)).containsExactly(8, 7, 6, 5, 4);
  }

  @Test
  void aCursorStaysWhereItWasWhenMoreCyclesCome() {
    add(1, 4);
    CyclePage first = page(2, Optional.empty());
    add(5, 6);

    CyclePage second = page(9, first.nextCursor());

    assertThat(numbers(first)).containsExactly(4, 3);
    assertThat(numbers(second)).containsExactly(2);
    assertThat(second.nextCursor()).isEmpty();
  }

  @Test
  void anEmptyRingAndAForeignCursorGiveAnEmptyPage() {
    assertThat(page(3, Optional.empty())).isEqualTo(new CyclePage(List.of(), Optional.empty()));
    add(1, 3);
    assertThat(page(3, Optional.of("nonsense")).cycles()).isEmpty();
    assertThat(page(3, Optional.of("-7")).cycles()).isEmpty();
    assertThat(numbers(page(9, Optional.of("9999999999-0-1")))).containsExactly(3, 2, 1);
  }

  @Test
  void findsWhatIsStillThere() {
    add(1, 8);
    StoredCycle kept = Cycles.kept(4).stored();
    CycleResult gone = Cycles.result(3);

    assertThat(ring.find(cycle -> cycle.cycleId().equals(kept.result().cycleId()))).contains(kept);
    assertThat(ring.find(cycle -> cycle.cycleId().equals(gone.cycleId()))).isEmpty();
  }

  private void add(int from, int to) {
    for (int number = from; number <= to; number++) {
      ring.add(Cycles.kept(number).stored());
    }
  }

  private CyclePage page(int limit, Optional<String> cursor) {
    return ring.page(new ListCycles(limit, cursor));
  }

  private List<Integer> all(int limit) {
    List<Integer> numbers = new ArrayList<>();
    CyclePage page = page(limit, Optional.empty());
    numbers.addAll(numbers(page));
    while (page.nextCursor().isPresent()) {
      page = page(limit, page.nextCursor());
      numbers.addAll(numbers(page));
    }
    return numbers;
  }

  private static List<Integer> numbers(CyclePage page) {
    return page.cycles().stream().map(CycleResult::topologyVersion).toList();
  }
}
