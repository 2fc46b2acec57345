package io.busbar.envelope;

import static io.busbar.envelope.Depot.GRID;
import static io.busbar.envelope.Depot.NOW;
import static io.busbar.envelope.Depot.PARTNER;
import static io.busbar.envelope.Depot.SITE;
import static io.busbar.envelope.Depot.UNFED;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.testkit.Verifies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule, broken once. */
@Verifies("FR-026")
class RulesTest {

  private static final Instant TO = NOW.plusSeconds(3600);

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("UNKNOWN_NODE", at(new UUID(9, 9), ConstraintType.CONSUMPTION_CAP)),
        Arguments.of(
            "UNKNOWN_CONTROL_POINT",
            Depot.envelope(Type.FORECAST, Optional.of(new UUID(9, 9)), "r", NOW, TO, 1)),
        Arguments.of("CIRCUIT_NOT_UNIQUE", at(UNFED, ConstraintType.CONSUMPTION_CAP)),
        Arguments.of("SOURCE_REF_INVALID", Depot.forecast(" ", NOW, TO, 1)),
        Arguments.of("SOURCE_REF_INVALID", Depot.forecast("a\0b", NOW, TO, 1)),
        Arguments.of("SOURCE_REF_INVALID", Depot.forecast("x".repeat(501), NOW, TO, 1)),
        Arguments.of("END_MISSING", window(Optional.empty(), false)),
        Arguments.of("END_MISSING", window(Optional.of(TO), true)),
        Arguments.of("WINDOW_EMPTY", Depot.forecast("r", TO, TO, 1)),
        Arguments.of("WINDOW_EMPTY", Depot.forecast("r", TO, NOW, 1)),
        Arguments.of("WINDOW_PAST", Depot.forecast("r", NOW.minusSeconds(60), NOW, 1)),
        Arguments.of("BLOCKS_MISSING", blocks()),
        Arguments.of("BLOCK_EMPTY", blocks(EnvelopeBlock.max(NOW, NOW, 1))),
        Arguments.of("BLOCK_OUTSIDE_WINDOW", blocks(EnvelopeBlock.max(NOW.minusSeconds(1), TO, 1))),
        Arguments.of("BLOCK_OUTSIDE_WINDOW", blocks(EnvelopeBlock.max(NOW, TO.plusSeconds(1), 1))),
        Arguments.of(
            "BLOCKS_OVERLAP",
            blocks(
                EnvelopeBlock.max(NOW, NOW.plusSeconds(20), 1),
                EnvelopeBlock.max(NOW.plusSeconds(19), TO, 1))),
        Arguments.of("BLOCK_WITHOUT_VALUE", blocks(values(null, null, null))),
        Arguments.of("BLOCK_NEGATIVE", blocks(values(null, -1, null))),
        Arguments.of("BLOCK_VALUES_CONTRADICT", blocks(values(2, 1, null))),
        Arguments.of("BLOCK_VALUES_CONTRADICT", blocks(values(null, 1, 2))),
        Arguments.of("BLOCK_VALUES_CONTRADICT", blocks(values(2, null, 1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void aBrokenRuleIsNamed(String rule, SubmitEnvelope submitted) {
    assertThat(Rules.broken(submitted, Depot.view(), NOW).orElseThrow().reasonCode())
        .isEqualTo(rule);
  }

  @Test
  void everyBrokenBlockIsNamedWithItsPlace() {
    SubmitEnvelope submitted =
        blocks(
            EnvelopeBlock.max(NOW, NOW.plusSeconds(10), 1),
            values(NOW.plusSeconds(10), NOW.plusSeconds(20), null, null, null),
            EnvelopeBlock.max(NOW.plusSeconds(20), NOW.plusSeconds(20), 1));

    Rules.Rejection rejection = Rules.broken(submitted, Depot.view(), NOW).orElseThrow();

    assertThat(rejection.details())
        .containsExactly(
            "blocks[1] 2026-03-02T10:00:10Z: BLOCK_WITHOUT_VALUE",
            "blocks[2] 2026-03-02T10:00:20Z: BLOCK_EMPTY");
  }

  @Test
  void whatKeepsEveryRuleIsTaken() {
    assertThat(Rules.broken(Depot.forecast("r", NOW, TO, 0), Depot.view(), NOW)).isEmpty();
    assertThat(Rules.broken(at(UNFED, ConstraintType.NET_CAP), Depot.view(), NOW)).isEmpty();
    assertThat(Rules.broken(blocks(values(1, 3, 2)), Depot.view(), NOW)).isEmpty();
    SubmitEnvelope endless = window(Optional.empty(), true);
    assertThat(Rules.broken(endless, Depot.view(), NOW)).isEmpty();
  }

  private static SubmitEnvelope at(UUID node, ConstraintType type) {
    return with(node, type, Optional.of(TO), false, List.of(EnvelopeBlock.max(NOW, TO, 1)));
  }

  private static SubmitEnvelope window(Optional<Instant> to, boolean openEnded) {
    Instant end = to.orElse(SubmitEnvelope.NO_END);
    return with(
        GRID,
        ConstraintType.CONSUMPTION_CAP,
        to,
        openEnded,
        List.of(EnvelopeBlock.max(NOW, end, 1)));
  }

  private static SubmitEnvelope blocks(EnvelopeBlock... blocks) {
    return with(GRID, ConstraintType.CONSUMPTION_CAP, Optional.of(TO), false, List.of(blocks));
  }

  private static SubmitEnvelope with(
      UUID node,
      ConstraintType type,
      Optional<Instant> to,
      boolean openEnded,
      List<EnvelopeBlock> blocks) {
    return new SubmitEnvelope(
        SITE,
        node,
        Optional.of(PARTNER),
        Type.FORECAST,
        type,
        NOW,
        to,
        openEnded,
        "r",
        blocks,
        "partner",
        "c");
  }

  private static EnvelopeBlock values(Integer min, Integer max, Integer target) {
    return values(NOW, TO, min, max, target);
  }

  private static EnvelopeBlock values(
      Instant from, Instant to, Integer min, Integer max, Integer target) {
    return new EnvelopeBlock(from, to, of(min), of(max), of(target));
  }

  private static OptionalInt of(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
