package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@Verifies("NFR-001")
class InputDigestTest {

  private static final Instant NOW = Situation.NOW;
  private static final Standing IDLE = Standing.IDLE;
  private static final ConnectorInput INPUT =
      new ConnectorInput(false, true, 1, 2, 3, 4, 1, 5, IDLE);
  private static final MeterInput METER =
      new MeterInput(true, NOW, 1, false, 2, OptionalInt.empty(), Rise.NONE);
  private static final SourceInput SOURCE = new SourceInput(true, NOW, 1);

  private final SiteTree tree =
      new SiteSketch().grid("g", 1).solar("pv", "g", 1).connectors("g", "a").meter("m", "g").tree();

  @Test
  void equalInputsHaveTheSameDigest() {
    assertThat(new InputDigest().of(tree, snapshot(INPUT)))
        .isEqualTo(new InputDigest().of(tree, snapshot(INPUT)))
        .hasSize(64);
  }

  @Test
  void theDigestDoesNotDependOnWhatWasDigestedBefore() {
    InputDigest digest = new InputDigest();
    String first = digest.of(tree, snapshot(INPUT));
    digest.of(tree, new Snapshot(NOW, List.of(), List.of(), List.of()));

    assertThat(digest.of(tree, snapshot(INPUT))).isEqualTo(first);
  }

  @Test
  void everySingleInputCounts() {
    List<Snapshot> snapshots =
        Stream.of(connectors(), meters(), sources()).flatMap(many -> many).toList();
    Set<String> digests = new HashSet<>();
    InputDigest digest = new InputDigest();

    snapshots.forEach(snapshot -> digests.add(digest.of(tree, snapshot)));
    digests.add(digest.of(new SiteSketch().version(2).grid("g", 1).tree(), snapshot(INPUT)));

    assertThat(digests).hasSize(snapshots.size() + 1);
  }

  private Stream<Snapshot> connectors() {
    Standing waiting = new Standing(Standing.Kind.WAITING, NOW, Duration.ZERO);
    Standing later = new Standing(Standing.Kind.WAITING, NOW.plusNanos(1), Duration.ZERO);
    Standing had = new Standing(Standing.Kind.WAITING, NOW, Duration.ofMillis(1));
    return Stream.of(
            INPUT,
            new ConnectorInput(true, true, 1, 2, 3, 4, 1, 5, IDLE),
            new ConnectorInput(false, false, 1, 2, 3, 4, 1, 5, IDLE),
            new ConnectorInput(false, true, 9, 2, 3, 4, 1, 5, IDLE),
            new ConnectorInput(false, true, 1, 9, 3, 4, 1, 5, IDLE),
            new ConnectorInput(false, true, 1, 2, 9, 4, 1, 5, IDLE),
            new ConnectorInput(false, true, 1, 2, 3, 9, 1, 5, IDLE),
            new ConnectorInput(false, true, 1, 2, 3, 4, 1.5, 5, IDLE),
            new ConnectorInput(false, true, 1, 2, 3, 4, 1, 9, IDLE),
            new ConnectorInput(false, true, 1, 2, 3, 4, 1, 5, waiting),
            new ConnectorInput(false, true, 1, 2, 3, 4, 1, 5, later),
            new ConnectorInput(false, true, 1, 2, 3, 4, 1, 5, had))
        .map(InputDigestTest::snapshot);
  }

  private static Stream<Snapshot> meters() {
    return Stream.of(
            new MeterInput(false, NOW, 1, false, 2, OptionalInt.empty(), Rise.NONE),
            new MeterInput(true, NOW.plusMillis(1), 1, false, 2, OptionalInt.empty(), Rise.NONE),
            new MeterInput(true, NOW, 9, false, 2, OptionalInt.empty(), Rise.NONE),
            new MeterInput(true, NOW, 1, true, 2, OptionalInt.empty(), Rise.NONE),
            new MeterInput(true, NOW, 1, false, 9, OptionalInt.empty(), Rise.NONE),
            new MeterInput(true, NOW, 1, false, 2, OptionalInt.of(0), Rise.NONE))
        .map(meter -> new Snapshot(NOW, List.of(INPUT), List.of(meter), List.of(SOURCE)));
  }

  private static Stream<Snapshot> sources() {
    return Stream.of(
        new Snapshot(NOW.plusMillis(1), List.of(INPUT), List.of(METER), List.of(SOURCE)),
        with(new SourceInput(false, NOW, 1)),
        with(new SourceInput(true, NOW.plusMillis(1), 1)),
        with(new SourceInput(true, NOW, 9)));
  }

  private static Snapshot with(SourceInput source) {
    return new Snapshot(NOW, List.of(INPUT), List.of(METER), List.of(source));
  }

  private static Snapshot snapshot(ConnectorInput input) {
    return new Snapshot(NOW, List.of(input), List.of(METER), List.of(SOURCE));
  }
}
