package io.busbar.bench.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.busbar.api.balancing.Strategy;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.bench.quality.Contender.Departures;
import io.busbar.testkit.RealData;
import io.busbar.testkit.Verifies;
import org.junit.jupiter.api.Test;

/** Two real weeks of the Caltech garage, the root at a twentieth of the connectors. */
@Verifies("FR-005")
class QualityTest {

  private static final int PERCENT = 5;

  private static Point point() {
    RealData.file(RealSite.CALTECH.sessions);
    return Point.of(RealData.file(""), RealSite.CALTECH, PERCENT);
  }

  @Test
  void the_textbook_reaches_what_is_known_of_it() {
    Score score = point().play(Contender.textbook("", Departures.NOT_USED, Textbook::equalShare));

    assertThat(score.energy()).isCloseTo(0.922, within(0.001));
    assertThat(score.jain()).isCloseTo(0.916, within(0.001));
  }

  @Test
  void sharing_alike_delivers_no_less_than_the_exact_rule() {
    Point point = point();

    Score ours = point.play(Contender.engine(Strategy.EQUAL_SHARE, Departures.NOT_USED));
    Score exact = point.play(Contender.textbook("", Departures.NOT_USED, Textbook::equalShare));

    assertThat(ours.energy()).isGreaterThanOrEqualTo(exact.energy());
  }

  @Test
  void by_least_laxity_nearly_everything_possible_is_delivered_if_departures_are_true() {
    Score score = point().play(Contender.engine(Strategy.LEAST_LAXITY, Departures.TRUE));

    assertThat(score.energy()).isBetween(0.999, 1.0);
    assertThat(score.jain()).isGreaterThan(0.88);
    assertThat(score.pauses()).isLessThan(3);
  }

  @Test
  void set_points_above_a_limit_are_found_out() {
    RealData.file(RealSite.CALTECH.sessions);
    Point point = point();
    Contender greedy =
        Contender.textbook("", Departures.NOT_USED, tree -> (now, vehicles) -> everything(tree));

    assertThatThrownBy(() -> point.play(greedy))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its limit is 17971 W");
  }

  private static int[] everything(SiteTree tree) {
    return tree.connectors().stream().mapToInt(it -> it.maxWatts()).toArray();
  }
}
