package io.busbar.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.busbar.api.balancing.Alert;
import io.busbar.api.balancing.Alert.Kind;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.GetStatus;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators are told to look after, and for how long. */
@Verifies("FR-006")
class AlertsTest {

  @TempDir Path folder;
  private FakeContext context;
  private FakeDepot depot;
  private PluginHarness harness;

  private void start(SiteSketch sketch) {
    context = FakeContext.of("balancing", new JsonObject(), folder);
    depot = new FakeDepot(context, sketch);
    harness = PluginHarness.start(new BalancingPlugin(), context);
    depot.pass(30);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private static SiteSketch sketch() {
    return new SiteSketch().grid("g", 20_000).connectors("g", "a", "b");
  }

  @Test
  void nothingIsToldWhenNothingIsWrong() {
    start(sketch().meter("m", "g"));

    assertThat(alerts()).isEmpty();
    assertThat(gauge()).isZero();
  }

  @Test
  void anOpenBreachIsAnAlertForAsLongAsItLasts() {
    start(sketch().meter("m", "g"));
    depot.load("g", 21_000);
    depot.pass(12);

    assertThat(alerts()).extracting(Alert::kind).containsExactly(Kind.BREACH_OPEN);
    assertThat(alerts().getFirst().nodeId()).contains(SiteSketch.id("g"));
    assertThat(alerts().getFirst().message())
        .startsWith("g measures up to 21,000 W where 20,000 W are allowed, since ");
    assertThat(gauge()).isOne();

    depot.load("g", 0);
    depot.pass(25); // so large a fall is believed when it is read once more
    assertThat(alerts()).isEmpty();
    assertThat(gauge()).isZero();
  }

  @Test
  void aBlindMeterAndOneWithFallbackAreToldApart() {
    start(
        sketch().circuit("c", "g", 5_000).meter("m", "g").meter("n", "c", SiteSketch.fixed(3_000)));
    depot.silence("m");
    depot.silence("n");
    depot.pass(50);

    assertThat(alerts())
        .extracting(Alert::kind, Alert::ref, Alert::message)
        .containsExactly(
            tuple(
                Kind.METER_BLIND,
                "m",
                "nothing usable is known of meter m: what hangs from there is at its fail-safe"
                    + " value"),
            tuple(Kind.FALLBACK_IN_USE, "n", "n says nothing usable; FIXED stands in its place"));
  }

  @Test
  void aDeviceThatTakesNoSetPointsIsTold() {
    start(sketch().meter("m", "g"));
    depot.refuses("a");
    depot.plug("a", "b");
    depot.pass(90);

    assertThat(alerts())
        .extracting(Alert::kind, Alert::ref)
        .containsExactly(tuple(Kind.SET_POINT_REFUSED, "a"));
    assertThat(alerts().getFirst().message()).startsWith("a takes no set-points; it is taken to");
  }

  private List<Alert> alerts() {
    return context
        .bus()
        .ask(BalancingAddresses.STATUS.at(FakeDepot.SITE), new GetStatus())
        .await()
        .alerts();
  }

  private double gauge() {
    return context.metrics().gauge("alerts", "microgrid", FakeDepot.SITE.toString());
  }
}
