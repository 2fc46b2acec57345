package io.busbar.balancing.decide;

import static io.busbar.balancing.SiteSketch.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult.Outcome;
import io.busbar.api.balancing.Strategy;
import io.busbar.api.balancing.WhatIf;
import io.busbar.api.balancing.WhatIf.LimitChange;
import io.busbar.api.balancing.WhatIf.SessionChange;
import io.busbar.api.balancing.WhatIfReply;
import io.busbar.balancing.SiteSketch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SuppositionTest {

  private final Situation situation =
      new Situation(
              new SiteSketch()
                  .grid("g", 20_000)
                  .circuit("c", "g", 8_000)
                  .connectors("c", "a", "b")
                  .connectors("g", "free"))
          .wants("a", 7_000)
          .wants("b", 7_000);

  private WhatIfReply ask(WhatIf question) {
    return new Supposition(situation.tree(), Situation.POLICY, situation.snapshot())
        .decide(question);
  }

  private Map<String, Integer> watts(WhatIf question) {
    WhatIfReply.Decided decided = (WhatIfReply.Decided) ask(question);
    Map<Object, NodeAllocation> byNode =
        decided.allocationSummary().byNode().stream()
            .collect(Collectors.toMap(NodeAllocation::nodeId, Function.identity()));
    return List.of("a", "b", "free").stream()
        .collect(Collectors.toMap(name -> name, name -> byNode.get(id(name)).allocatedWatts()));
  }

  private static WhatIf limits(LimitChange... changes) {
    return new WhatIf(Optional.empty(), List.of(changes), List.of());
  }

  private static WhatIf sessions(SessionChange... changes) {
    return new WhatIf(Optional.empty(), List.of(), List.of(changes));
  }

  private static SessionChange session(String connector, boolean unplugged, int priority) {
    return new SessionChange(
        id(connector),
        unplugged,
        OptionalInt.empty(),
        Optional.empty(),
        priority,
        Optional.empty(),
        OptionalInt.empty());
  }

  @Test
  void nothingChangedIsWhatWasDecided() {
    assertThat(watts(limits())).isEqualTo(Map.of("a", 4_000, "b", 4_000, "free", 0));
  }

  @Test
  void aLimitStandsInThePlaceOfTheRatingHigherOrLower() {
    assertThat(watts(limits(new LimitChange(Optional.of(id("c")), 12_000))))
        .isEqualTo(Map.of("a", 6_000, "b", 6_000, "free", 0));
    assertThat(watts(limits(new LimitChange(Optional.of(id("c")), 3_000))))
        .isEqualTo(Map.of("a", 1_500, "b", 1_500, "free", 0));
    assertThat(watts(limits(new LimitChange(Optional.empty(), 5_000))))
        .isEqualTo(Map.of("a", 2_500, "b", 2_500, "free", 0));
  }

  @Test
  void aVehicleMayComeLeaveOrMatterMore() {
    assertThat(watts(sessions(session("free", false, 0))))
        .isEqualTo(Map.of("a", 4_000, "b", 4_000, "free", 7_360));
    assertThat(watts(sessions(session("a", true, 0))))
        .isEqualTo(Map.of("a", 0, "b", 7_000, "free", 0));
    assertThat(watts(sessions(session("b", false, 1))))
        .isEqualTo(Map.of("a", 1_380, "b", 6_620, "free", 0));
  }

  @Test
  void anotherStrategyCanBeTried() {
    assertThat(
            watts(
                new WhatIf(
                    Optional.of(Strategy.EQUAL_SHARE), List.of(), List.of(session("b", false, 1)))))
        .isEqualTo(Map.of("a", 4_000, "b", 4_000, "free", 0));
  }

  @Test
  void theOutcomeIsToldAsOfACycle() {
    WhatIfReply.Decided decided =
        (WhatIfReply.Decided) ask(limits(new LimitChange(Optional.of(id("c")), 100_000)));

    assertThat(decided.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(decided.inputsAt()).isEqualTo(Situation.NOW);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertRefused(limits(new LimitChange(Optional.of(id("x")), 1)), "NODE_UNKNOWN");
    assertRefused(limits(new LimitChange(Optional.empty(), -1)), "NEGATIVE_LIMIT");
    assertRefused(sessions(session("x", false, 0)), "NODE_UNKNOWN");
    assertRefused(sessions(session("c", false, 0)), "NOT_A_CONNECTOR");
    SessionChange weightless =
        new SessionChange(
            id("a"),
            false,
            OptionalInt.empty(),
            Optional.empty(),
            0,
            Optional.of(0.0),
            OptionalInt.empty());
    assertRefused(sessions(weightless), "BAD_WEIGHT");
  }

  private void assertRefused(WhatIf question, String reason) {
    assertThat(ask(question))
        .isInstanceOfSatisfying(
            WhatIfReply.Refused.class,
            refused -> assertThat(refused.reasonCode()).isEqualTo(reason));
  }
}
