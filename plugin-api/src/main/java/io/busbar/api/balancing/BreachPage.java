package io.busbar.api.balancing;

import java.util.List;
import java.util.Optional;

/**
 * Breaches, the newest first.
 *
 * @param nextCursor for the next page; absent on the last
 */
public record BreachPage(List<Breach> breaches, Optional<String> nextCursor) {
  public BreachPage {
    breaches = List.copyOf(breaches);
  }
}
