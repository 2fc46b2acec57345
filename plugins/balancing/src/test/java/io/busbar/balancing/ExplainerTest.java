package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ExplainReply;
import io.busbar.api.balancing.ExplainReply.Explained;
import io.busbar.api.balancing.ExplainReply.Sharer;
import io.busbar.api.balancing.ExplainReply.Step;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.VehicleState;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

@Verifies({"FR-006", "LB-06"})
class ExplainerTest {

  private static final Instant NOW = LeapClock.START;

  private final SiteSketch sketch =
      new SiteSketch()
          .grid("Grid connection north", 30_000)
          .circuit("pair-AB", "Grid connection north", 6_000)
          .connectors("pair-AB", "PS-1", "PS-2", "PS-3")
          .connectors("Grid connection north", "PS-9")
          .meter("main", "Grid connection north");

  @Test
  void aCurtailedConnectorNamesTheFullNodeAndWhoSharesIt() {
    Explained why = explain("PS-1", charging("PS-1", "PS-2", "PS-3", "PS-9"));

    assertThat(why.sentence())
        .isEqualTo(
            "PS-1 gets 2,000 W of the 7,360 W it wants because circuit pair-AB (6,000 W) is full;"
                + " it shares it with 2 others at the same level.");
    assertThat(why.bindingNodeId()).contains(id("pair-AB"));
    assertThat(why.sharedWith()).extracting(Sharer::name).containsExactly("PS-2", "PS-3");
    assertThat(why.path())
        .extracting(Step::name)
        .containsExactly(
            "PS-1", "PS-1-point", "pair-AB", "Grid connection north", "the site Sketch");
    assertThat(why.path())
        .extracting(Step::binds)
        .containsExactly(false, false, true, false, false);
    Step circuit = why.path().get(2);
    assertThat(circuit.limitWatts()).hasValue(6_000);
    assertThat(circuit.allocatedWatts()).isEqualTo(6_000);
    assertThat(circuit.headroomWatts()).hasValue(0);
    assertThat(why.path().get(3).uncontrolledWatts()).isEqualTo(1_000);
    assertThat(why.path().get(3).headroomWatts()).hasValue(30_000 - 1_000 - 6_000 - 7_360);
  }

  @Test
  void otherSituationsAreSaidPlainly() {
    assertSentence("PS-9", "PS-9 gets all of the 7,360 W it wants.", "PS-1", "PS-9");
    assertSentence("PS-2", "PS-2 wants nothing.", "PS-1");
    assertSentence("PS-2-point", "Nothing below PS-2-point wants anything.", "PS-1");
    assertSentence(
        "Grid connection north",
        "Grid connection north gets 6,000 W of the 14,720 W it wants because circuit pair-AB (6,000"
            + " W) is full.",
        "PS-1",
        "PS-2");
  }

  @Test
  void aGroupIsStoppedWhereAllThatItWantsForIs() {
    SiteSketch above =
        new SiteSketch()
            .grid("North", 6_000)
            .circuit("Row A", "North", 50_000)
            .connectors("Row A", "PS-1", "PS-2")
            .meter("main", "North");
    Site site = new Site(above.topology(), BalancingConfig.from(new JsonObject()), NOW);

    Explained why = explain(site, "Row A", charging("PS-1", "PS-2"));

    assertThat(why.sentence()).endsWith("because grid connection North (6,000 W) is full.");
    assertThat(why.bindingNodeId()).contains(id("North"));
    assertThat(why.path()).filteredOn(Step::binds).extracting(Step::name).containsExactly("North");
  }

  @Test
  void aPausedConnectorIsSaidToHaveNoRoomForItsMinimum() {
    SiteSketch tight =
        new SiteSketch()
            .grid("Feeder", 2_000)
            .connectors("Feeder", "PS-1", "PS-2")
            .meter("main", "Feeder");
    Site site = new Site(tight.topology(), BalancingConfig.from(new JsonObject()), NOW);

    assertThat(explain(site, "PS-2", charging("PS-1", "PS-2")).sentence())
        .isEqualTo(
            "PS-2 is paused, though it wants 7,360 W, because grid connection Feeder (2,000 W) has"
                + " no room for its minimum; it shares it with 1 other.");
  }

  @Test
  void aNetLimitIsSaidToBeOne() {
    SiteSketch net =
        new SiteSketch()
            .grid("Feeder", 50_000)
            .connectors("Feeder", "PS-1", "PS-2")
            .meter("main", "Feeder")
            .alsoLimited("Feeder", ConstraintType.NET_CAP, 9_000);
    Site site = new Site(net.topology(), BalancingConfig.from(new JsonObject()), NOW);

    Explained explained = explain(site, "PS-2", charging("PS-1", "PS-2"));

    assertThat(explained.sentence())
        .contains("because grid connection Feeder (9,000 W net of generation) is full");
    assertThat(explained.path())
        .filteredOn(step -> step.name().equals("Feeder"))
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.limitRef()).contains("node-limit:" + id("limit Feeder-also NET_CAP"));
              assertThat(step.limitWatts()).hasValue(9_000);
            });
  }

  @Test
  void aRampIsSaidToBeOne() {
    SiteSketch slow =
        new SiteSketch()
            .grid("Feeder", 50_000)
            .connectors("Feeder", "PS-1", "PS-2")
            .meter("main", "Feeder")
            .ramp("Feeder", 100);
    Site site = new Site(slow.topology(), BalancingConfig.from(new JsonObject()), NOW);

    assertThat(explain(site, "PS-2", charging("PS-1", "PS-2")).sentence())
        .endsWith("because what grid connection Feeder allows may rise no faster.");
  }

  @Test
  void whatIsNotMeasuredIsNamed() {
    Site site = site();
    Instant late = NOW.plusSeconds(60);
    site.take(readings(late, charging("PS-1")).readingsWithout("Grid connection north"), late);

    assertThat(explained(site, run(site, late), "PS-1").sentence())
        .isEqualTo(
            "PS-1 is paused, though it wants 7,360 W, because nothing usable is known of meter"
                + " main.");
    assertThat(explained(site, run(site, late), "PS-2").sentence())
        .startsWith("PS-2 wants nothing");
  }

  @Test
  void aNodeThatTheCycleDoesNotKnowIsNotFound() {
    Site site = site();
    CycleResult cycle = run(site, NOW.plusSeconds(20));

    assertThat(new Explainer(site.tree(), cycle).explain(id("elsewhere")))
        .isInstanceOf(ExplainReply.NotFound.class);
  }

  private void assertSentence(String node, String sentence, String... charging) {
    assertThat(explain(node, charging(charging)).sentence()).isEqualTo(sentence);
  }

  private Explained explain(String node, List<String> charging) {
    return explain(site(), node, charging);
  }

  private Explained explain(Site site, String node, List<String> charging) {
    String meter = site.tree().node(1).name();
    site.take(new Field(NOW, charging, meter).all(site), NOW);
    return explained(site, run(site, NOW), node);
  }

  private static Explained explained(Site site, CycleResult cycle, String node) {
    return (Explained) new Explainer(site.tree(), cycle).explain(id(node));
  }

  private static CycleResult run(Site site, Instant now) {
    return site.run(CycleCause.SCHEDULE, now, now.plusSeconds(10)).result();
  }

  private Site site() {
    return new Site(sketch.topology(), BalancingConfig.from(new JsonObject()), NOW);
  }

  private static List<String> charging(String... names) {
    return List.of(names);
  }

  private Field readings(Instant at, List<String> charging) {
    return new Field(at, charging, "Grid connection north");
  }

  /** Everything read at one instant; the meter shows 1,000 W. */
  private record Field(Instant at, List<String> charging, String meter) {

    Readings all(Site site) {
      List<Reading> readings = new java.util.ArrayList<>();
      site.tree()
          .connectors()
          .forEach(
              connector ->
                  readings.add(
                      reading(
                          site.tree().node(connector.node()).name(),
                          charging.contains(site.tree().node(connector.node()).name()))));
      readings.add(Reading.ofPower(id(meter), at, 1_000));
      return new Readings(id("site"), "test", readings);
    }

    Readings readingsWithout(String silent) {
      List<Reading> readings =
          charging.stream()
              .filter(name -> !name.equals(silent))
              .map(n -> reading(n, true))
              .toList();
      return new Readings(id("site"), "test", readings);
    }

    private Reading reading(String name, boolean charges) {
      return new Reading(
          id(name),
          at,
          OptionalInt.of(0),
          OptionalLong.empty(),
          List.of(),
          Optional.of(charges ? VehicleState.CHARGING : VehicleState.NONE),
          OptionalInt.of(0));
    }
  }
}
