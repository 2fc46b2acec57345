package io.busbar.balancing.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.balancing.Strategy;
import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.balancing.RunningSite;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.apply.ApplyRules;
import io.busbar.balancing.decide.MeterMemory;
import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Need;
import io.busbar.balancing.decide.OutsideLimit;
import io.busbar.balancing.decide.Policy;
import io.busbar.balancing.decide.Snapshot;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.balancing.decide.Snapshot.Ramp;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import io.busbar.balancing.decide.Standing;
import io.busbar.testkit.Verifies;
import io.busbar.wire.RecordColumns;
import io.busbar.wire.RecordJson;
import java.nio.charset.StandardCharsets;
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
class InputsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final Instant LATER = NOW.plusMillis(1);
  private static final Standing IDLE = Standing.IDLE;
  private static final ConnectorInput INPUT =
      new ConnectorInput(false, true, 1, 2, 3, 4, 1, 5, IDLE);
  private static final MeterInput METER =
      new MeterInput(true, NOW, 1, NOW, Optional.empty(), false, MeterMemory.NONE);
  private static final SourceInput SOURCE = new SourceInput(true, NOW, 1, NOW, MeterMemory.NONE);

  private final Policy policy = RunningSite.POLICY;
  private final ApplyRules apply =
      new ApplyRules(2, 100, Duration.ofSeconds(5), Duration.ofSeconds(5));
  private final SiteSketch sketch =
      new SiteSketch().grid("g", 1).solar("pv", "g", 1).connectors("g", "a").meter("m", "g");
  private final Freezer freezer = new Freezer(sketch.topology(), policy, apply);

  @Test
  void equalInputsAreTheSameBytesAndHaveTheSameDigest() {
    Inputs inputs = freezer.freeze(snapshot(INPUT));

    assertThat(new Freezer(sketch.topology(), policy, apply).freeze(snapshot(INPUT)))
        .isEqualTo(inputs);
    assertThat(inputs.digest()).hasSize(64);
  }

  @Test
  void whatWasPackedIsUnpackedAsItWas() {
    Stream.of(connectors(), meters(), sources(), ramps(), outside())
        .flatMap(many -> many)
        .forEach(
            snapshot -> {
              Thawed thawed = Thawed.of(freezer.freeze(snapshot));
              assertThat(thawed.snapshot()).isEqualTo(snapshot);
              assertThat(thawed.frame().topology()).isEqualTo(sketch.topology());
              assertThat(thawed.frame().policy()).isEqualTo(policy);
              assertThat(thawed.frame().apply()).isEqualTo(apply);
            });
  }

  @Test
  void everySingleInputCounts() {
    List<Snapshot> snapshots =
        Stream.of(connectors(), meters(), sources(), ramps(), outside())
            .flatMap(many -> many)
            .toList();
    Set<String> digests = new HashSet<>();

    snapshots.forEach(snapshot -> digests.add(freezer.freeze(snapshot).digest()));
    digests.add(digest(new SiteSketch().version(2).grid("g", 1), policy));
    digests.add(digest(new SiteSketch().version(1).grid("g", 2), policy));
    digests.add(digest(sketch, policy.with(Strategy.LEAST_LAXITY)));

    assertThat(digests).hasSize(snapshots.size() + 3);
  }

  private String digest(SiteSketch other, Policy its) {
    return new Freezer(other.topology(), its, apply).freeze(snapshot(INPUT)).digest();
  }

  @Test
  void inputsThatAreNotWholeAreRefused() {
    Inputs inputs = freezer.freeze(snapshot(INPUT));
    byte[] damaged = inputs.packedFrame().clone();
    damaged[damaged.length / 2] ^= 1;

    assertThatThrownBy(() -> Thawed.of(inputs.with(damaged)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Thawed.of(inputs.with(new byte[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSettingThatTheInputsDoNotSayIsNamed() {
    String json =
        RecordJson.encode(new Frame(sketch.topology(), policy, apply, "x"))
            .replace("\"freshness\":\"PT30S\"", "\"old\":1");

    assertThatThrownBy(() -> Frame.of(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("policy.freshness");
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
        .map(InputsTest::snapshot);
  }

  private static Stream<Snapshot> meters() {
    return Stream.of(
            new MeterInput(false, NOW, 1, NOW, Optional.empty(), false, MeterMemory.NONE),
            new MeterInput(true, LATER, 1, NOW, Optional.empty(), false, MeterMemory.NONE),
            new MeterInput(true, NOW, 9, NOW, Optional.empty(), false, MeterMemory.NONE),
            new MeterInput(true, NOW, 1, NOW, Optional.empty(), true, MeterMemory.NONE),
            remembering(LATER, Optional.empty(), MeterMemory.NONE),
            remembering(NOW, Optional.of(new LineAmps(1, 2, 3)), MeterMemory.NONE),
            remembering(NOW, Optional.of(new LineAmps(1, 2, 4)), MeterMemory.NONE),
            remembering(NOW, Optional.empty(), memory(7, NOW, none(), Rise.NONE, false)),
            remembering(NOW, Optional.empty(), memory(7, LATER, none(), Rise.NONE, false)),
            remembering(NOW, Optional.empty(), memory(7, NOW, OptionalInt.of(0), Rise.NONE, false)),
            remembering(NOW, Optional.empty(), memory(7, NOW, none(), new Rise(1, NOW), false)),
            remembering(NOW, Optional.empty(), memory(7, NOW, none(), Rise.NONE, true)))
        .map(meter -> new Snapshot(NOW, List.of(INPUT), List.of(meter), List.of(SOURCE)));
  }

  private static MeterMemory memory(
      int watts, Instant at, OptionalInt assumed, Rise rise, boolean doubted) {
    return new MeterMemory(watts, at, assumed, rise, doubted ? Optional.of(NOW) : Optional.empty());
  }

  private static OptionalInt none() {
    return OptionalInt.empty();
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

  private static Stream<Snapshot> outside() {
    return Stream.of(
            List.of(limit("g", ConstraintType.CONSUMPTION_CAP, 1, "envelope:1")),
            List.of(limit("a", ConstraintType.CONSUMPTION_CAP, 1, "envelope:1")),
            List.of(limit("g", ConstraintType.NET_CAP, 1, "envelope:1")),
            List.of(limit("g", ConstraintType.CONSUMPTION_CAP, 2, "envelope:1")),
            List.of(limit("g", ConstraintType.CONSUMPTION_CAP, 1, "envelope:2")))
        .map(
            limits ->
                new Snapshot(NOW, List.of(INPUT), List.of(METER), List.of(SOURCE)).under(limits));
  }

  private static OutsideLimit limit(String node, ConstraintType type, int watts, String ref) {
    return new OutsideLimit(SiteSketch.id(node), type, watts, ref);
  }

  /** A snapshot as it was before there were limits from outside. */
  public record FormerSnapshot(
      Instant at,
      List<ConnectorInput> connectors,
      List<MeterInput> meters,
      List<SourceInput> sources,
      List<Ramp> ramps) {}

  @Test
  void inputsFromBeforeThereWereLimitsFromOutsideAreUnderNone() {
    RecordColumns<FormerSnapshot> columns = RecordColumns.of(FormerSnapshot.class);
    byte[] frame = new Frame(sketch.topology(), policy, apply, columns.layout()).json();
    Snapshot now = snapshot(INPUT);
    FormerSnapshot former =
        new FormerSnapshot(now.at(), now.connectors(), now.meters(), now.sources(), now.ramps());

    Thawed thawed =
        Thawed.of(
            new Inputs(
                "site",
                new Sha256().put(frame).hex(),
                Packing.pack(frame),
                columns.encode(former)));

    assertThat(thawed.snapshot()).isEqualTo(now);
    assertThat(thawed.tree().outside()).isEmpty();
  }

  private static Stream<Snapshot> sources() {
    return Stream.of(
        new Snapshot(LATER, List.of(INPUT), List.of(METER), List.of(SOURCE)),
        with(new SourceInput(false, NOW, 1, NOW, MeterMemory.NONE)),
        with(new SourceInput(true, LATER, 1, NOW, MeterMemory.NONE)),
        with(new SourceInput(true, NOW, 9, NOW, MeterMemory.NONE)),
        with(new SourceInput(true, NOW, 1, LATER, MeterMemory.NONE)),
        with(new SourceInput(true, NOW, 1, NOW, memory(1, NOW, none(), Rise.NONE, false))));
  }

  private static Snapshot with(SourceInput source) {
    return new Snapshot(NOW, List.of(INPUT), List.of(METER), List.of(source));
  }

  private static Snapshot snapshot(ConnectorInput input) {
    return new Snapshot(NOW, List.of(input), List.of(METER), List.of(SOURCE));
  }
}
