package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.topology.LineAmps;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.balancing.decide.Snapshot.Ramp;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
      Situation.meterInput(true, NOW, 1, false, 2, OptionalInt.empty(), Rise.NONE);
  private static final SourceInput SOURCE = Situation.sourceInput(true, NOW, 1);

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
        Stream.of(connectors(), meters(), memories(), sources(), ramps())
            .flatMap(many -> many)
            .toList();
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
            new ConnectorInput(false, true, 1, 2, 3, 4, 1, 5, had),
            new ConnectorInput(false, true, 1, 2, 3, 4, 1, 5, IDLE, Need.UNKNOWN, NOW))
        .map(InputDigestTest::snapshot);
  }

  private static Stream<Snapshot> meters() {
    return Stream.of(
            Situation.meterInput(false, NOW, 1, false, 2, OptionalInt.empty(), Rise.NONE),
            Situation.meterInput(
                true, NOW.plusMillis(1), 1, false, 2, OptionalInt.empty(), Rise.NONE),
            Situation.meterInput(true, NOW, 9, false, 2, OptionalInt.empty(), Rise.NONE),
            Situation.meterInput(true, NOW, 1, true, 2, OptionalInt.empty(), Rise.NONE),
            Situation.meterInput(true, NOW, 1, false, 9, OptionalInt.empty(), Rise.NONE),
            Situation.meterInput(true, NOW, 1, false, 2, OptionalInt.of(0), Rise.NONE))
        .map(meter -> new Snapshot(NOW, List.of(INPUT), List.of(meter), List.of(SOURCE)));
  }

  private static Stream<Snapshot> memories() {
    return Stream.of(
            remembering(NOW.plusMillis(1), Optional.empty(), MeterMemory.NONE),
            remembering(NOW, Optional.of(new LineAmps(1, 2, 3)), MeterMemory.NONE),
            remembering(NOW, Optional.of(new LineAmps(1, 2, 4)), MeterMemory.NONE),
            remembering(NOW, Optional.empty(), MeterMemory.of(7, NOW, Rise.NONE)),
            remembering(NOW, Optional.empty(), MeterMemory.of(7, NOW.plusMillis(1), Rise.NONE)),
            remembering(NOW, Optional.empty(), MeterMemory.of(7, NOW, new Rise(1, NOW))),
            remembering(NOW, Optional.empty(), MeterMemory.of(7, NOW, Rise.NONE).doubting(NOW)))
        .map(meter -> new Snapshot(NOW, List.of(INPUT), List.of(meter), List.of(SOURCE)));
  }

  private static MeterInput remembering(
      Instant sameSince, Optional<LineAmps> amps, MeterMemory memory) {
    return new MeterInput(true, NOW, 1, sameSince, amps, false, memory);
  }

  private static Stream<Snapshot> ramps() {
    return Stream.of(new Ramp(NOW, 1), new Ramp(NOW, 2), new Ramp(NOW.plusMillis(1), 1))
        .map(
            ramp ->
                new Snapshot(NOW, List.of(INPUT), List.of(METER), List.of(SOURCE), List.of(ramp)));
  }

  private static Stream<Snapshot> sources() {
    return Stream.of(
        new Snapshot(NOW.plusMillis(1), List.of(INPUT), List.of(METER), List.of(SOURCE)),
        with(Situation.sourceInput(false, NOW, 1)),
        with(Situation.sourceInput(true, NOW.plusMillis(1), 1)),
        with(Situation.sourceInput(true, NOW, 9)),
        with(new SourceInput(true, NOW, 1, NOW.minusMillis(1), MeterMemory.NONE)),
        with(new SourceInput(true, NOW, 1, NOW, MeterMemory.of(1, NOW, Rise.NONE))));
  }

  private static Snapshot with(SourceInput source) {
    return new Snapshot(NOW, List.of(INPUT), List.of(METER), List.of(source));
  }

  private static Snapshot snapshot(ConnectorInput input) {
    return new Snapshot(NOW, List.of(input), List.of(METER), List.of(SOURCE));
  }
}
