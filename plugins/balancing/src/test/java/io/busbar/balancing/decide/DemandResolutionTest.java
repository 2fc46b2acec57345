package io.busbar.balancing.decide;

import static io.busbar.balancing.SiteSketch.fixed;
import static io.busbar.balancing.SiteSketch.lastGood;
import static io.busbar.balancing.SiteSketch.rated;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.SourceMode;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.testkit.Verifies;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

@Verifies({"FR-004", "NFR-002", "NFR-004"})
class DemandResolutionTest {

  private static final int WANT = 7_000;

  private static SiteSketch site() {
    return new SiteSketch().grid("g", 50_000).circuit("c", "g", 20_000).connectors("c", "a", "b");
  }

  @Test
  void whatIsLeftOfAMeterWithoutTheConnectorsIsUncontrolled() {
    Situation situation =
        new Situation(site().meter("m", "g")).meter("m", 9_000).draws("a", WANT, 2_000);

    Demand demand = situation.demand();

    assertThat(demand.uncontrolled()[situation.node("g")]).isEqualTo(7_000);
    assertThat(demand.uncontrolled()[situation.node("c")]).isZero();
    assertThat(demand.effective()[situation.node("g")]).hasValue(9_000);
    assertThat(demand.effective()[situation.node("c")]).hasValue(2_000);
    assertThat(demand.siteMode()).isEqualTo(SourceMode.MEASURED);
  }

  @Test
  void uncontrolledLoadIsNeverNegative() {
    Situation situation =
        new Situation(site().meter("m", "g")).meter("m", 1_500).draws("a", WANT, 2_000);

    assertThat(situation.demand().uncontrolled()[situation.node("g")]).isZero();
  }

  @Test
  void anInnerMetersLoadIsPartOfTheOutersAndCountsOnce() {
    Situation situation =
        new Situation(site().meter("outer", "g").meter("inner", "c"))
            .meter("outer", 10_000)
            .meter("inner", 6_000)
            .draws("a", WANT, 2_000);

    Demand demand = situation.demand();

    assertThat(demand.uncontrolled()[situation.node("c")]).isEqualTo(4_000);
    assertThat(demand.uncontrolled()[situation.node("g")]).isEqualTo(8_000);
    assertThat(demand.uncontrolled()[SiteTree.ROOT]).isEqualTo(8_000);
  }

  @Test
  void aMeteredLoadBelowAnUnmeteredNodeIsAddedUp() {
    Situation situation =
        new Situation(
                new SiteSketch()
                    .grid("g", 50_000)
                    .circuit("c", "g", 20_000)
                    .circuit("d", "g", 20_000)
                    .meter("mc", "c")
                    .meter("md", "d"))
            .meter("mc", 3_000)
            .meter("md", 4_000);

    Demand demand = situation.demand();

    assertThat(demand.uncontrolled()[situation.node("g")]).isEqualTo(7_000);
    assertThat(demand.effective()[situation.node("g")]).hasValue(7_000);
  }

  @Test
  void generationGivesNoCredit() {
    Situation situation =
        new Situation(site().solar("pv", "g", 10_000).meter("m", "g"))
            .meter("m", -3_000)
            .source("pv", -8_000)
            .draws("a", WANT, 2_000);

    Demand demand = situation.demand();

    assertThat(demand.uncontrolled()[situation.node("g")]).isEqualTo(3_000);
    assertThat(demand.effective()[situation.node("g")]).hasValue(-3_000);
    assertThat(demand.measured()[situation.node("g")]).isEqualTo(5_000);
  }

  @Test
  void generationThatIsNotMeasuredMayHideThatMuchLoad() {
    Situation situation =
        new Situation(site().solar("pv", "g", 10_000).meter("m", "g")).meter("m", 1_000);

    Demand demand = situation.demand();

    assertThat(demand.uncontrolled()[situation.node("g")]).isEqualTo(11_000);
    assertThat(demand.derived()).containsExactly("pv:RATED");
  }

  @Test
  void aValueIsFreshUntilTheThresholdAndNotFromTheFuture() {
    Situation situation = new Situation(site().meter("m", "g"));

    assertThat(situation.meter("m", 1_000, 30).demand().missing()).isEmpty();
    assertThat(situation.meter("m", 1_000, 31).demand().missing()).containsExactly("m");
    assertThat(situation.meter("m", 1_000, -30).demand().missing()).isEmpty();
    assertThat(situation.meter("m", 1_000, -31).demand().missing()).containsExactly("m");
  }

  @Test
  void fallbacksAreTriedInTheirOrder() {
    Situation situation =
        new Situation(site().meter("m", "g", lastGood(60), fixed(30_000))).draws("a", WANT, 2_000);

    Demand young = situation.meter("m", silentFor(60, 5_000, OptionalInt.empty())).demand();
    assertThat(young.derived()).containsExactly("m:LAST_GOOD");
    assertThat(young.uncontrolled()[situation.node("g")]).isEqualTo(5_000);
    assertThat(young.effective()[situation.node("g")]).hasValue(7_000);
    assertThat(young.mode()[situation.node("g")]).isEqualTo(SourceMode.FALLBACK_DERIVED);
    assertThat(young.siteMode()).isEqualTo(SourceMode.FALLBACK_DERIVED);

    Demand old = situation.meter("m", silentFor(61, 5_000, OptionalInt.empty())).demand();
    assertThat(old.derived()).containsExactly("m:FIXED");
    assertThat(old.uncontrolled()[situation.node("g")]).isEqualTo(28_000);
    assertThat(old.effective()[situation.node("g")]).hasValue(30_000);
  }

  @Test
  void ratedIsWhatEverythingBelowCouldDraw() {
    Situation situation = new Situation(site().meter("m", "g", rated())).draws("a", WANT, 2_000);

    Demand demand = situation.demand();

    assertThat(demand.derived()).containsExactly("m:RATED");
    assertThat(demand.effective()[situation.node("g")]).hasValue(2 * SiteSketch.MAX);
  }

  @Test
  void aDerivedLoadIsHeldWhileTheSilenceLasts() {
    Situation situation =
        new Situation(site().meter("m", "g", fixed(30_000))).draws("a", WANT, 2_000);

    MeterMemory first = situation.demand().meters().getFirst();
    assertThat(first.assumedWatts()).hasValue(28_000);

    Demand later =
        situation
            .meter("m", silentSince(first))
            .draws("a", WANT, 7_000)
            .draws("b", WANT, 7_000)
            .demand();
    assertThat(later.uncontrolled()[situation.node("g")]).isEqualTo(28_000);
    assertThat(later.meters().getFirst()).isEqualTo(first);
  }

  @Test
  void asMuchAsTheLoadRoseOfLateIsKeptFreeForItsNextRise() {
    Demand rising = after(10_000, 10_400, Rise.NONE);
    Rise seen = rising.meters().getFirst().rise();

    assertThat(load(rising)).isEqualTo(10_400 + 400);
    assertThat(seen).isEqualTo(new Rise(400, Situation.NOW));
    assertThat(load(after(10_400, 10_100, seen))).isEqualTo(10_100 + 400);
    assertThat(load(after(10_100, 10_800, seen))).isEqualTo(10_800 + 700);
    assertThat(load(after(10_800, 10_800, new Rise(700, Situation.NOW.minusSeconds(901)))))
        .isEqualTo(10_800);
    assertThat(load(after(0, 10_800, Rise.NONE))).as("the first load seen").isEqualTo(10_800);
    assertThat(load(after(10_000, 20_000, Rise.NONE)))
        .as("at most 2 %% of the limit")
        .isEqualTo(20_000 + 1_000);
  }

  private static Demand after(int before, int watts, Rise rise) {
    return new Situation(site().meter("m", "g"))
        .meter("m", Situation.meterInput(true, Situation.NOW, watts, false, before, none(), rise))
        .demand();
  }

  private static long load(Demand demand) {
    return demand.uncontrolled()[1];
  }

  private static OptionalInt none() {
    return OptionalInt.empty();
  }

  @Test
  void aMeterThatSpeaksAgainIsBelieved() {
    Situation situation =
        new Situation(site().meter("m", "g", fixed(30_000)))
            .meter(
                "m",
                Situation.meterInput(
                    true, Situation.NOW, 4_000, false, 9, OptionalInt.of(9), Rise.NONE));

    Demand demand = situation.demand();

    assertThat(demand.uncontrolled()[situation.node("g")]).isEqualTo(4_000 + 1_000);
    assertThat(demand.meters().getFirst())
        .isEqualTo(MeterMemory.of(4_000, Situation.NOW, new Rise(3_991, Situation.NOW)));
  }

  @Test
  void withoutAnyFallbackTheScopeIsBlindAndTheRestIsNot() {
    Situation situation =
        new Situation(
            new SiteSketch()
                .grid("g", 50_000)
                .circuit("c", "g", 20_000)
                .connectors("c", "a")
                .circuit("d", "g", 20_000)
                .connectors("d", "b")
                .meter("m", "c"));

    Demand demand = situation.demand();

    assertThat(demand.missing()).containsExactly("m");
    assertThat(demand.blind()[situation.node("a")]).isZero();
    assertThat(demand.blind()[situation.node("c")]).isZero();
    assertThat(demand.blind()[situation.node("b")]).isEqualTo(Demand.NOBODY);
    assertThat(demand.blind()[situation.node("g")]).isEqualTo(Demand.NOBODY);
    assertThat(demand.effective()[situation.node("c")]).isEmpty();
    assertThat(demand.effective()[situation.node("g")]).isEmpty();
  }

  @Test
  void aMeterIsWaitedForOnlyWhileItIsEarly() {
    SiteSketch sketch = site().meter("m", "g", fixed(30_000));
    MeterInput early =
        Situation.meterInput(false, Instant.EPOCH, 0, true, 0, OptionalInt.empty(), Rise.NONE);

    Situation situation = new Situation(sketch).meter("m", early);
    assertThat(situation.demand().waiting()[situation.node("a")]).isZero();
    assertThat(situation.demand().derived()).isEmpty();

    Situation late = new Situation(sketch);
    assertThat(late.demand().waiting()[late.node("a")]).isEqualTo(Demand.NOBODY);
    assertThat(late.demand().derived()).containsExactly("m:FIXED");
  }

  @Test
  void aDeviceThatDoesNotAnswerCountsWithAllItMayDrawOnTopOfTheMeter() {
    Situation situation =
        new Situation(site().meter("m", "g")).meter("m", 9_000).silent("a", WANT, 3_000);

    Demand demand = situation.demand();

    assertThat(demand.uncontrolled()[situation.node("a")]).isEqualTo(3_000);
    assertThat(demand.uncontrolled()[situation.node("c")]).isEqualTo(3_000);
    assertThat(demand.uncontrolled()[situation.node("g")]).isEqualTo(12_000);
    assertThat(demand.derived()).containsExactly("a:BOOKED");
    assertThat(demand.mode()[situation.node("g")]).isEqualTo(SourceMode.MEASURED);
    assertThat(demand.mode()[situation.node("c")]).isEqualTo(SourceMode.FALLBACK_DERIVED);
  }

  private static MeterInput silentSince(MeterMemory memory) {
    Instant before = Situation.NOW.minusSeconds(90);
    return new MeterInput(true, before, 0, before, Optional.empty(), false, memory);
  }

  private static MeterInput silentFor(int seconds, int lastGood, OptionalInt assumed) {
    return Situation.meterInput(
        true, Situation.NOW.minusSeconds(seconds), 0, false, lastGood, assumed, Rise.NONE);
  }
}
