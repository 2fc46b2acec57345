package io.busbar.api.balancing;

import java.util.List;
import java.util.Optional;

/** Cycles, newest first; {@code nextCursor} is absent on the last page. */
public record CyclePage(List<CycleResult> cycles, Optional<String> nextCursor) {
  public CyclePage {
    cycles = List.copyOf(cycles);
  }
}
