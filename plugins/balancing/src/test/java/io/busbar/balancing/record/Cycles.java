package io.busbar.balancing.record;

import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.SourceMode;
import io.busbar.balancing.replay.Inputs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Cycles for tests, told apart by a number, which is also their topology version. */
final class Cycles {

  static final UUID SITE = id("site");
  static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  private Cycles() {}

  private static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  static CycleResult result(int number) {
    return result(number, START.plusSeconds(10L * number));
  }

  static CycleResult result(int number, Instant at) {
    NodeAllocation line =
        new NodeAllocation(
            id("node"),
            7_000,
            number,
            0,
            OptionalInt.of(5),
            OptionalInt.empty(),
            Optional.of("DEMAND_MET"),
            Optional.empty(),
            SourceMode.MEASURED);
    return new CycleResult(
        id("cycle " + number),
        SITE,
        Optional.empty(),
        number,
        at,
        at,
        CycleResult.Outcome.APPLIED,
        List.of(),
        new AllocationSummary(7_000, number, 0, List.of(line)),
        List.of(),
        new CycleResult.Audit(
            "tester", "schedule", "c-" + number, "policy", "digest", Optional.empty()));
  }

  static Kept kept(int number) {
    return kept(result(number));
  }

  static Kept kept(CycleResult result) {
    return new Kept(
        Optional.empty(),
        new Events(result).completed(),
        Optional.of(inputs(result.topologyVersion())),
        List.of(),
        Optional.empty());
  }

  /** One that was asked for. */
  static Kept requested(int number) {
    CycleResult result = result(number);
    Events events = new Events(result);
    Rebalance request = new Rebalance(Optional.empty(), "tester", "api", "c-" + number);
    return new Kept(
        Optional.of(events.requested(request)),
        events.completed(),
        Optional.of(inputs(number)),
        List.of(),
        Optional.empty());
  }

  /** Ten cycles have one frame. */
  static Inputs inputs(int number) {
    String frame = "frame-" + number / 10;
    byte[] packed = ("packed " + frame).getBytes(StandardCharsets.UTF_8);
    return new Inputs("Depot", frame, packed, new byte[] {1, 2, (byte) number});
  }
}
