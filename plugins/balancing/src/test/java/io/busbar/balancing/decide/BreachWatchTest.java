package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.ReasonCode;
import io.busbar.api.balancing.SourceMode;
import io.busbar.balancing.SiteSketch;
import io.busbar.testkit.Verifies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Verifies({"FR-006", "NFR-003"})
class BreachWatchTest {

  private static final Instant NOW = Situation.NOW;

  private final BreachWatch watch = new BreachWatch(Situation.POLICY);

  private static SiteSketch site() {
    return new SiteSketch().grid("g", 10_000).meter("m", "g", SiteSketch.fixed(90_000));
  }

  @Test
  void aBreachOpensOnceStaysAndIsClosedOnce() {
    assertThat(look(0, 10_500)).isEmpty();
    assertThat(watch.isSuspicious()).isTrue();

    Breach opened = look(2, 10_500).getFirst();
    assertThat(opened)
        .isEqualTo(
            new Breach(
                opened.breachId(),
                SiteSketch.id("site"),
                Optional.of(SiteSketch.id("g")),
                "node-limit:" + SiteSketch.id("limit g"),
                ReasonCode.ANCESTOR_CAP_EXCEEDED,
                10_500,
                10_000,
                SourceMode.MEASURED,
                NOW.plusSeconds(2),
                Optional.empty()));
    assertThat(watch.isSuspicious()).isFalse();

    assertThat(look(12, 12_000)).isEmpty();
    assertThat(look(22, 10_050)).isEmpty();
    assertThat(watch.open()).extracting(Breach::effectiveDemandWatts).containsExactly(12_000);

    Breach closed = look(32, 10_000).getFirst();
    assertThat(closed.breachId()).isEqualTo(opened.breachId());
    assertThat(closed.clearedAt()).contains(NOW.plusSeconds(32));
    assertThat(closed.effectiveDemandWatts()).isEqualTo(12_000);
    assertThat(watch.open()).isEmpty();
    assertThat(look(42, 9_000)).isEmpty();
  }

  @Test
  void aShortOrSmallExcessIsNone() {
    assertThat(look(0, 10_500)).isEmpty();
    assertThat(look(1, 9_000)).isEmpty();
    assertThat(look(10, 10_500)).isEmpty();
    assertThat(look(11, 10_100)).isEmpty();
    assertThat(look(13, 10_500)).isEmpty();
    assertThat(watch.open()).isEmpty();
  }

  @Test
  void whatIsOnlyDerivedBreachesNothing() {
    Situation silent = new Situation(site());

    assertThat(watch.look(silent.tree(), silent.decide(), NOW)).isEmpty();
    assertThat(watch.look(silent.tree(), silent.decide(), NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void connectorsAddUpWhereThereIsNoMeter() {
    Situation situation =
        new Situation(new SiteSketch().grid("g", 10_000).connectors("g", "a", "b"))
            .draws("a", 6_000, 6_000)
            .draws("b", 6_000, 6_000);
    watch.look(situation.tree(), situation.decide(), NOW);

    assertThat(watch.look(situation.tree(), situation.decide(), NOW.plusSeconds(2)))
        .singleElement()
        .satisfies(breach -> assertThat(breach.effectiveDemandWatts()).isEqualTo(12_000));
  }

  @Test
  void aBreachOfALimitThatIsGoneIsClosed() {
    look(0, 11_000);
    look(2, 11_000);
    Situation other = new Situation(new SiteSketch().grid("other", 10_000));

    assertThat(watch.look(other.tree(), other.decide(), NOW.plusSeconds(3)))
        .singleElement()
        .satisfies(breach -> assertThat(breach.clearedAt()).contains(NOW.plusSeconds(3)));
    assertThat(watch.open()).isEmpty();
  }

  @Test
  @Verifies("NFR-001")
  void theSameBreachHasTheSameId() {
    look(0, 11_000);
    Breach first = look(2, 11_000).getFirst();
    BreachWatch other = new BreachWatch(Situation.POLICY);
    Situation situation = new Situation(site()).meter("m", 11_000);
    other.look(situation.tree(), situation.decide(), NOW);

    assertThat(other.look(situation.tree(), situation.decide(), NOW.plusSeconds(2)).getFirst())
        .isEqualTo(first);
  }

  private List<Breach> look(int second, int watts) {
    Situation situation = new Situation(site()).meter("m", watts);
    return watch.look(situation.tree(), situation.decide(), NOW.plusSeconds(second));
  }
}
