package io.busbar.balancing.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ReplayReply.Difference;
import io.busbar.api.balancing.ReplayReply.Refused;
import io.busbar.api.balancing.ReplayReply.Replayed;
import io.busbar.balancing.RunningSite;
import io.busbar.testkit.Verifies;
import io.busbar.wire.RecordJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Verifies("NFR-001")
class ReplayTest {

  @Test
  void everyCycleOfARandomDayComesToTheSameAgain() {
    long seed = Long.getLong("busbar.seed", System.nanoTime());
    RunningSite site = new RunningSite(seed);
    for (int cycle = 0; cycle < 300; cycle++) {
      Replayed replayed = (Replayed) Replay.of(stored(site.next()));

      assertThat(replayed.identical())
          .as("seed %d, cycle %d: %s", seed, cycle, replayed.differences())
          .isTrue();
      assertThat(replayed.differences()).isEmpty();
    }
    assertThat(site.outcomes()).hasSizeGreaterThan(1);
  }

  @Test
  void whatIsDifferentIsNamedByNodeAndField() {
    StoredCycle cycle = stored(new RunningSite(7).next());
    CycleResult result = cycle.result();
    NodeAllocation line = result.allocationSummary().byNode().getLast();
    StoredCycle other = new StoredCycle(withAllocation(result, line, 77), cycle.inputs());

    Replayed replayed = (Replayed) Replay.of(other);

    assertThat(replayed.identical()).isFalse();
    assertThat(replayed.storedDigest()).isNotEqualTo(replayed.replayedDigest());
    assertThat(replayed.differences())
        .containsExactly(
            new Difference(
                Optional.of(line.nodeId()),
                "d",
                "allocated_watts",
                "77",
                Integer.toString(line.allocatedWatts())));
  }

  @Test
  void aResultThatWasChangedAfterItWasDigestedIsRefused() {
    StoredCycle cycle = stored(new RunningSite(7).next());
    CycleResult changed =
        RecordJson.decode(
            RecordJson.encode(cycle.result())
                .replaceFirst("\"allocated_watts\":\\d+", "\"allocated_watts\":1"),
            CycleResult.class);

    assertThat(Replay.of(new StoredCycle(changed, cycle.inputs())))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reasonCode()).isEqualTo("RESULT_DAMAGED"));
  }

  @Test
  void inputsOfAnotherCycleAreRefused() {
    RunningSite site = new RunningSite(7);
    StoredCycle first = stored(site.next());
    StoredCycle second = stored(site.next());

    assertThat(Replay.of(new StoredCycle(first.result(), second.inputs())))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reasonCode()).isEqualTo("INPUTS_UNREADABLE"));
  }

  @Test
  void aCycleWithoutInputsIsRefusedAndItIsSaidWhy() {
    StoredCycle cycle = stored(new RunningSite(7).next());

    assertThat(Replay.of(new StoredCycle(cycle.result(), Optional.empty())))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reasonCode()).isEqualTo("INPUTS_NOT_KEPT");
              assertThat(refused.message()).contains("before inputs were kept");
            });
  }

  @Test
  @Verifies({"FR-004", "NFR-003"})
  void inputsAndThresholdsOfAFallbackAreShown() {
    Map<String, Object> inputs = ((Replayed) Replay.of(stored(new RunningSite(7).next()))).inputs();

    assertThat(inputs.get("policy"))
        .asInstanceOf(map(String.class, Object.class))
        .containsEntry("freshness", "PT30S");
    assertThat((List<?>) inputs.get("meters"))
        .singleElement()
        .asInstanceOf(map(String.class, Object.class))
        .containsEntry("ref", "m")
        .containsKeys("node_id", "name", "measured_at", "power_watts", "memory")
        .extractingByKey("fallback")
        .asString()
        .contains("LAST_GOOD")
        .contains("max_age_seconds=60");
    assertThat((List<?>) inputs.get("connectors"))
        .first()
        .asInstanceOf(map(String.class, Object.class))
        .containsEntry("name", "a")
        .containsKeys("draw_watts", "want_watts", "standing", "need");
    assertThat((List<?>) inputs.get("limits")).isNotEmpty();
  }

  /** As it comes back from where it was kept. */
  private static StoredCycle stored(StoredCycle cycle) {
    return new StoredCycle(
        RecordJson.decode(RecordJson.encode(cycle.result()), CycleResult.class), cycle.inputs());
  }

  /** The same cycle as if it had come to something else. */
  private static CycleResult withAllocation(CycleResult cycle, NodeAllocation line, int watts) {
    AllocationSummary all = cycle.allocationSummary();
    List<NodeAllocation> lines =
        all.byNode().stream().map(each -> each == line ? with(each, watts) : each).toList();
    AllocationSummary other =
        new AllocationSummary(
            all.requestedWatts(), all.allocatedWatts(), all.uncontrolledWatts(), lines);
    CycleResult.Audit audit = cycle.audit();
    return new CycleResult(
        cycle.cycleId(),
        cycle.microgridId(),
        cycle.nodeId(),
        cycle.topologyVersion(),
        cycle.startedAt(),
        cycle.endedAt(),
        cycle.outcome(),
        cycle.reasonCodes(),
        other,
        cycle.breaches(),
        new CycleResult.Audit(
            audit.actor(),
            audit.source(),
            audit.correlationId(),
            audit.policyVersion(),
            audit.inputDigest(),
            Optional.of(ResultDigest.of(cycle.outcome(), cycle.reasonCodes(), other))));
  }

  private static NodeAllocation with(NodeAllocation line, int watts) {
    return new NodeAllocation(
        line.nodeId(),
        line.requestedWatts(),
        watts,
        line.uncontrolledWatts(),
        line.measuredWatts(),
        line.limitWatts(),
        line.bindingConstraintRef(),
        line.bindingNodeId(),
        line.sourceMode());
  }
}
