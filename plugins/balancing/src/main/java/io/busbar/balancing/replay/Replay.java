package io.busbar.balancing.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ReplayReply;
import io.busbar.api.balancing.ReplayReply.Difference;
import io.busbar.api.balancing.ReplayReply.Refused;
import io.busbar.api.balancing.ReplayReply.Replayed;
import io.busbar.balancing.decide.Decider;
import io.busbar.balancing.decide.Decision;
import io.busbar.balancing.decide.Report;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.wire.RecordJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Decides a stored cycle once more and says whether that comes to the same. */
public final class Replay {

  private static final ObjectMapper JSON = RecordJson.mapper();

  private final CycleResult stored;
  private final Thawed inputs;
  private final Report.Ending ending;
  private final AllocationSummary summary;

  private Replay(CycleResult stored, Thawed inputs) {
    this.stored = stored;
    this.inputs = inputs;
    SiteTree tree = inputs.tree();
    Decision decision = new Decider(tree, inputs.frame().policy()).decide(inputs.snapshot());
    Report report = new Report(tree);
    this.ending = report.ending(decision).askedBy(stored.audit().source());
    this.summary = report.summary(decision);
  }

  /** The reply for a cycle. */
  public static ReplayReply of(StoredCycle cycle) {
    if (cycle.inputs().isEmpty()) {
      return new Refused(
          "INPUTS_NOT_KEPT",
          ("what cycle %s was decided on is not kept: it is from before inputs were kept, or detail"
                  + " had to be dropped while the database was away")
              .formatted(cycle.result().cycleId()));
    }
    Inputs inputs = cycle.inputs().get();
    if (!inputs.digest().equals(cycle.result().audit().inputDigest())) {
      return unreadable(
          cycle, "they are not those with digest " + cycle.result().audit().inputDigest());
    }
    if (!storedDigest(cycle.result()).equals(ResultDigest.of(cycle.result()))) {
      return new Refused(
          "RESULT_DAMAGED",
          "the stored result of cycle %s is not the one with digest %s"
              .formatted(cycle.result().cycleId(), storedDigest(cycle.result())));
    }
    try {
      return new Replay(cycle.result(), Thawed.of(inputs)).reply();
    } catch (IllegalArgumentException e) {
      return unreadable(cycle, e.getMessage());
    }
  }

  private static Refused unreadable(StoredCycle cycle, String why) {
    return new Refused(
        "INPUTS_UNREADABLE",
        "the stored inputs of cycle %s cannot be used: %s"
            .formatted(cycle.result().cycleId(), why));
  }

  private static String storedDigest(CycleResult cycle) {
    return cycle.audit().resultDigest().orElseGet(() -> ResultDigest.of(cycle));
  }

  private Replayed reply() {
    String before = storedDigest(stored);
    String now = ResultDigest.of(ending.outcome(), ending.reasons(), summary);
    return new Replayed(
        stored.microgridId(),
        stored.cycleId(),
        inputs.tree().version(),
        inputs.snapshot().at(),
        before.equals(now),
        before,
        now,
        differences(),
        InputsForPeople.of(inputs));
  }

  private List<Difference> differences() {
    List<Difference> found = new ArrayList<>();
    compare(Optional.empty(), inputs.tree().name(), whole(stored), whole(), found);
    Map<UUID, NodeAllocation> before = lines(stored.allocationSummary());
    Map<UUID, NodeAllocation> now = lines(summary);
    before.forEach((id, line) -> compare(id, line, now.get(id), found));
    now.forEach(
        (id, line) -> {
          if (!before.containsKey(id)) {
            compare(id, null, line, found);
          }
        });
    return found;
  }

  private static Map<UUID, NodeAllocation> lines(AllocationSummary summary) {
    Map<UUID, NodeAllocation> lines = new LinkedHashMap<>();
    summary.byNode().forEach(line -> lines.put(line.nodeId(), line));
    return lines;
  }

  private static JsonNode whole(CycleResult cycle) {
    return JSON.valueToTree(whole(cycle.outcome(), cycle.reasonCodes(), cycle.allocationSummary()));
  }

  private JsonNode whole() {
    return JSON.valueToTree(whole(ending.outcome(), ending.reasons(), summary));
  }

  private static Map<String, Object> whole(
      CycleResult.Outcome outcome, List<?> reasons, AllocationSummary summary) {
    return Map.of(
        "outcome",
        outcome,
        "reason_codes",
        reasons,
        "requested_watts",
        summary.requestedWatts(),
        "allocated_watts",
        summary.allocatedWatts(),
        "uncontrolled_watts",
        summary.uncontrolledWatts());
  }

  private void compare(UUID id, NodeAllocation before, NodeAllocation now, List<Difference> found) {
    int node = inputs.tree().number(id).orElse(SiteTree.ROOT);
    String name = node == SiteTree.ROOT ? id.toString() : inputs.tree().node(node).name();
    compare(Optional.of(id), name, JSON.valueToTree(before), JSON.valueToTree(now), found);
  }

  private static void compare(
      Optional<UUID> id, String name, JsonNode before, JsonNode now, List<Difference> found) {
    JsonNode names = before.isNull() ? now : before;
    names
        .fieldNames()
        .forEachRemaining(
            field -> {
              String was = before.path(field).toString();
              String is = now.path(field).toString();
              if (!Objects.equals(was, is)) {
                found.add(new Difference(id, name, field, was, is));
              }
            });
  }
}
