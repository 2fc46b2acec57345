package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.topology.MicrogridNode.Status;
import io.busbar.balancing.SiteSketch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorRatingTest {

  @ParameterizedTest(name = "steps of {0} A: {1} W is set as {2} W, needs {3} W")
  @CsvSource({
    "0, 3001, 3001, 3001",
    "0, 1379, 0, 1380",
    "0, 9000, 9000, 7360",
    "1, 3001, 2990, 3220",
    "1, 2990, 2990, 2990",
    "1, 1379, 0, 1380",
    "1, 1380, 1380, 1380",
    "1, 7359, 7130, 7360",
    "0.1, 2001, 2001, 2001",
    "0.1, 2000, 1978, 2001",
    "8, 3000, 1840, 3680",
    "8, 1500, 1380, 1840",
  })
  void aSetPointIsAStepThatTheDeviceHas(double step, int watts, int below, int above) {
    ConnectorRating rating = rating(new SiteSketch().grid("g", 50_000).stepAmps(step));

    assertThat(rating.stepBelow(watts)).isEqualTo(below);
    assertThat(rating.stepAbove(watts)).isEqualTo(above);
  }

  @Test
  void theChargePointBoundsItsConnectors() {
    SiteTree tree =
        new SiteSketch()
            .grid("g", 50_000)
            .point("p", "g", 5_000)
            .connectorAt("a", "p", 7_360)
            .connectorAt("b", "p", 3_680)
            .tree();

    assertThat(tree.connectors())
        .extracting(ConnectorRating::maxWatts)
        .containsExactly(5_000, 3_680);
  }

  @Test
  void aConnectorIsOutOfUseWithAnythingAboveIt() {
    for (String node : new String[] {"g", "c", "a-point", "a"}) {
      SiteSketch sketch =
          new SiteSketch().grid("g", 9_000).circuit("c", "g", 9_000).connectors("c", "a");
      assertThat(rating(sketch).active()).isTrue();
      assertThat(sketch.status(node, Status.MAINTENANCE).tree().connectors().getFirst().active())
          .as(node)
          .isFalse();
    }
  }

  private static ConnectorRating rating(SiteSketch sketch) {
    SiteSketch drawn = sketch.topology().nodes().size() == 1 ? sketch.connectors("g", "a") : sketch;
    return drawn.tree().connectors().getFirst();
  }
}
