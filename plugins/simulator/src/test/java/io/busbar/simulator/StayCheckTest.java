package io.busbar.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.simulator.PlayStays.Stay;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StayCheckTest {

  private static Stay stay(int id, UUID node, int from, int to, int energy, int watts) {
    Instant start = Instant.parse("2026-03-02T10:00:00Z");
    return new Stay(
        new UUID(0, id),
        node,
        start.plusSeconds(from),
        start.plusSeconds(to),
        start.plusSeconds(to),
        energy,
        watts,
        OptionalInt.empty());
  }

  private static List<String> problems(Stay... stays) {
    return StayCheck.problems(List.of(stays), Sites.site(2, 10_000));
  }

  private static final UUID C0 = Sites.connector(0);

  @Test
  void staysThatFollowEachOtherAreFine() {
    assertThat(problems(stay(2, C0, 10, 20, 5, 1), stay(1, C0, 0, 10, 0, 1))).isEmpty();
  }

  @Test
  void everythingWrongIsNamedWithItsStay() {
    assertThat(
            problems(
                stay(1, Sites.GRID, 0, 10, 5, 1),
                stay(2, C0, 20, 20, 5, 1),
                stay(3, Sites.connector(1), 0, 10, -1, 1),
                stay(4, Sites.connector(1), 9, 12, 1, 0)))
        .anySatisfy(p -> assertThat(p).startsWith(new UUID(0, 1) + ": node " + Sites.GRID))
        .anySatisfy(p -> assertThat(p).startsWith(new UUID(0, 2) + ": leaves at"))
        .anySatisfy(p -> assertThat(p).startsWith(new UUID(0, 3) + ": expected energy"))
        .anySatisfy(p -> assertThat(p).startsWith(new UUID(0, 4) + ": comes before"))
        .anySatisfy(p -> assertThat(p).startsWith(new UUID(0, 4) + ": expected energy"))
        .hasSize(5);
  }
}
