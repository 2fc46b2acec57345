package io.busbar.balancing.decide;

import static io.busbar.balancing.SiteSketch.fixed;
import static io.busbar.balancing.SiteSketch.lastGood;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.SourceMode;
import io.busbar.api.topology.Meter;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

@Verifies({"FR-004", "NFR-002", "NFR-004"})
class ChecksTest {

  private static final Instant NOW = Situation.NOW;
  private static final int WANT = 7_000;
  private static final OptionalInt ANY = OptionalInt.empty();

  private static SiteSketch site() {
    return new SiteSketch().grid("g", 50_000).circuit("c", "g", 20_000).connectors("c", "a", "b");
  }

  private static Situation metered() {
    return new Situation(site().meter("m", "g", fixed(30_000)));
  }

  // range

  @Test
  void anOverloadIsBelievedAndWhatNoWireCarriesIsNot() {
    assertThat(metered().meter("m", 150_000).demand().derived()).isEmpty();
    assertThat(metered().meter("m", 151_000).demand().derived())
        .containsExactly("m:RANGE", "m:FIXED");
    assertThat(metered().meter("m", Integer.MIN_VALUE).demand().derived())
        .containsExactly("m:RANGE", "m:FIXED");
    assertThat(metered().meter("m", Integer.MAX_VALUE).demand().derived())
        .containsExactly("m:RANGE", "m:FIXED");
  }

  @Test
  void belowZeroAMeterShowsOnlyWhatSourcesThereFeedIn() {
    assertThat(metered().meter("m", -400).demand().derived()).isEmpty();
    assertThat(metered().meter("m", -4_000).demand().derived()).contains("m:RANGE");

    Situation solar = new Situation(site().solar("pv", "c", 10_000).meter("m", "g", fixed(1)));
    assertThat(solar.source("pv", -9_000).meter("m", -8_000).demand().derived()).isEmpty();
    assertThat(solar.meter("m", -16_000).demand().derived()).contains("m:RANGE");
  }

  @Test
  void whoeverKnowsWhatAMeterCanShowSaysSo() {
    Meter.Checks known = new Meter.Checks(OptionalInt.of(-9_000), OptionalInt.of(40_000), ANY, ANY);
    Situation situation = new Situation(site().meter("m", "g", known, fixed(30_000)));

    assertThat(situation.meter("m", -8_000).demand().derived()).isEmpty();
    assertThat(situation.meter("m", 41_000).demand().derived()).contains("m:RANGE");
  }

  @Test
  void aDrawThatItsConnectorCannotGiveIsNotTakenOffTheMeter() {
    Situation situation = metered().meter("m", 20_000).draws("a", WANT, 3 * SiteSketch.MAX);

    Demand demand = situation.demand();

    assertThat(demand.uncontrolled()[situation.node("g")]).isEqualTo(20_000);
    assertThat(demand.derived()).containsExactly("a:RANGE");
    assertThat(demand.measured()[situation.node("c")]).isZero();
    assertThat(demand.failed()[Check.RANGE.ordinal()]).isEqualTo(1);
  }

  @Test
  void aSourceThatFeedsInMoreThanItCanMayBeFeedingInAllItCan() {
    Situation situation =
        new Situation(site().solar("pv", "g", 10_000).meter("m", "g"))
            .meter("m", 1_000)
            .source("pv", -20_000);

    Demand demand = situation.demand();

    assertThat(demand.uncontrolled()[situation.node("g")]).isEqualTo(11_000);
    assertThat(demand.derived()).containsExactly("pv:RANGE", "pv:RATED");
  }

  // frozen

  @Test
  void aValueThatRepeatsForTooLongIsMissing() {
    assertThat(metered().meter("m", repeating(9_000, 299)).demand().derived()).isEmpty();

    Demand demand = metered().meter("m", repeating(9_000, 300)).demand();

    assertThat(demand.derived()).containsExactly("m:FROZEN", "m:FIXED");
    assertThat(demand.siteMode()).isEqualTo(SourceMode.FALLBACK_DERIVED);
  }

  @Test
  void theLastGoodValueOfAFrozenMeterIsAsOldAsTheFirstOfItsKind() {
    Situation situation = new Situation(site().meter("m", "g", lastGood(310), fixed(30_000)));

    assertThat(situation.meter("m", repeating(9_000, 310)).demand().derived())
        .containsExactly("m:FROZEN", "m:LAST_GOOD");
    assertThat(situation.meter("m", repeating(9_000, 311)).demand().derived())
        .containsExactly("m:FROZEN", "m:FIXED");
  }

  @Test
  void aMeterMayHaveALongerTimeOfItsOwnOrNone() {
    Meter.Checks coarse = new Meter.Checks(ANY, ANY, OptionalInt.of(0), ANY);
    Meter.Checks slow = new Meter.Checks(ANY, ANY, OptionalInt.of(600), ANY);

    assertThat(frozen(coarse, 86_000)).isEmpty();
    assertThat(frozen(slow, 599)).isEmpty();
    assertThat(frozen(slow, 600)).contains("m:FROZEN");
  }

  private static java.util.List<String> frozen(Meter.Checks checks, int seconds) {
    return new Situation(site().meter("m", "g", checks, fixed(30_000)))
        .meter("m", repeating(9_000, seconds))
        .demand()
        .derived();
  }

  @Test
  void nothingAtAllMayLastUnlessSomethingIsSeenToDraw() {
    assertThat(metered().meter("m", repeating(0, 5_000)).demand().derived()).isEmpty();
    assertThat(metered().meter("m", repeating(0, 5_000)).draws("a", WANT, 6_000).demand().derived())
        .contains("m:FROZEN");
  }

  @Test
  void aConnectorThatDrawsWhatItMayMayRepeatItself() {
    assertThat(repeatingDraw(3_680, 3_680).derived()).as("all it may").isEmpty();
    assertThat(repeatingDraw(3_680, 3_900).derived()).as("a margin less").isEmpty();
    assertThat(repeatingDraw(700, 1_380).derived()).as("less than the minimum").isEmpty();
    assertThat(repeatingDraw(0, 7_360).derived()).as("nothing").isEmpty();
    assertThat(repeatingDraw(3_680, 7_360).derived()).as("less").containsExactly("a:FROZEN");
    assertThat(repeatingDraw(3_680, 1_380).derived()).as("more").containsExactly("a:FROZEN");
  }

  private static Demand repeatingDraw(int draw, int held) {
    Instant since = NOW.minusSeconds(300);
    ConnectorInput input =
        new ConnectorInput(
            false, true, draw, held, WANT, held, 1, 0, Standing.IDLE, Need.UNKNOWN, since);
    return new Situation(site()).with("a", input).demand();
  }

  @Test
  void theSkyNeverStaysTheSameButTheNightDoes() {
    SiteSketch sketch = site().solar("pv", "g", 10_000);
    SourceInput day = repeatingSource(-5_000);
    SourceInput night = repeatingSource(-3);

    assertThat(new Situation(sketch).source("pv", day).demand().derived()).contains("pv:FROZEN");
    assertThat(new Situation(sketch).source("pv", night).demand().derived()).isEmpty();
  }

  private static SourceInput repeatingSource(int watts) {
    return new SourceInput(true, NOW, watts, NOW.minusSeconds(400), MeterMemory.NONE);
  }

  // jump

  @Test
  void aFallThatNoLoadMakesWaitsForASecondReading() {
    MeterMemory high = MeterMemory.of(40_000, NOW.minusSeconds(10), Rise.NONE);
    Situation situation = metered().meter("m", reading(NOW, 5_000, high));

    Demand first = situation.demand();

    assertThat(first.uncontrolled()[situation.node("g")]).isEqualTo(40_000);
    assertThat(first.derived()).containsExactly("m:JUMP");

    MeterMemory doubting = first.meters().getFirst();
    assertThat(situation.meter("m", reading(NOW, 5_000, doubting)).demand().derived())
        .as("the same reading again")
        .containsExactly("m:JUMP");

    Demand second =
        situation
            .at(NOW.plusSeconds(10))
            .meter("m", reading(NOW.plusSeconds(5), 5_100, doubting))
            .demand();
    assertThat(second.derived()).isEmpty();
    assertThat(second.uncontrolled()[situation.node("g")]).isEqualTo(5_100);
  }

  @Test
  void aSingleWrongReadingIsForgotten() {
    MeterMemory high = MeterMemory.of(40_000, NOW.minusSeconds(10), Rise.NONE);
    Situation situation = metered().meter("m", reading(NOW, 0, high));
    MeterMemory doubting = situation.demand().meters().getFirst();

    Demand back =
        situation
            .at(NOW.plusSeconds(10))
            .meter("m", reading(NOW.plusSeconds(5), 39_900, doubting))
            .demand();

    assertThat(back.uncontrolled()[situation.node("g")]).isEqualTo(39_900);
    assertThat(back.meters().getFirst().doubtedAt()).isEmpty();
  }

  @Test
  void aRiseCountsAtOnceAndASmallFallToo() {
    MeterMemory low = MeterMemory.of(5_000, NOW.minusSeconds(10), Rise.NONE);
    MeterMemory high = MeterMemory.of(40_000, NOW.minusSeconds(10), Rise.NONE);
    Situation situation = metered();

    Demand risen = situation.meter("m", reading(NOW, 45_000, low)).demand();
    assertThat(risen.derived()).isEmpty();
    assertThat(risen.uncontrolled()[situation.node("g")]).isGreaterThanOrEqualTo(45_000);
    assertThat(situation.meter("m", reading(NOW, 15_000, high)).demand().derived()).isEmpty();
  }

  @Test
  void aMeterMayHaveASmallerJumpOfItsOwn() {
    Meter.Checks calm = new Meter.Checks(ANY, ANY, ANY, OptionalInt.of(2_000));
    MeterMemory high = MeterMemory.of(10_000, NOW.minusSeconds(10), Rise.NONE);

    assertThat(
            new Situation(site().meter("m", "g", calm))
                .meter("m", reading(NOW, 7_900, high))
                .demand()
                .derived())
        .containsExactly("m:JUMP");
  }

  @Test
  void whatLowersTheLoadOfASilentMeterIsNoJump() {
    assertThat(metered().meter("m", reading(NOW, 5_000, MeterMemory.NONE)).demand().derived())
        .isEmpty();
  }

  @Test
  void generationThatJumpsCountsAsWhicheverIsWorse() {
    MeterMemory before = MeterMemory.of(-1_000, NOW.minusSeconds(10), Rise.NONE);
    Situation situation =
        new Situation(site().solar("pv", "g", 10_000).meter("m", "g")).meter("m", 2_000);

    Demand up = situation.source("pv", new SourceInput(true, NOW, -9_000, NOW, before)).demand();
    assertThat(up.derived()).containsExactly("pv:JUMP");
    assertThat(up.uncontrolled()[situation.node("g")]).isEqualTo(11_000);
    assertThat(up.generatedAt(situation.node("g"))).isEqualTo(9_000);

    MeterMemory high = MeterMemory.of(-9_000, NOW.minusSeconds(10), Rise.NONE);
    Demand down = situation.source("pv", new SourceInput(true, NOW, 0, NOW, high)).demand();
    assertThat(down.derived()).containsExactly("pv:JUMP");
    assertThat(down.uncontrolled()[situation.node("g")]).isEqualTo(11_000);
  }

  // clock

  @Test
  void aClockThatRunsAheadIsNamed() {
    assertThat(metered().meter("m", 9_000, -31).demand().derived()).contains("m:CLOCK", "m:FIXED");
    assertThat(metered().meter("m", 9_000, 31).demand().derived()).doesNotContain("m:CLOCK");
  }

  private static MeterInput repeating(int watts, int seconds) {
    Instant since = NOW.minusSeconds(seconds);
    return new MeterInput(
        true,
        NOW,
        watts,
        since,
        Optional.empty(),
        false,
        MeterMemory.of(watts, NOW.minus(Duration.ofSeconds(10)), Rise.NONE));
  }

  private static MeterInput reading(Instant at, int watts, MeterMemory memory) {
    return new MeterInput(true, at, watts, at, Optional.empty(), false, memory);
  }
}
