package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.status;
import static io.busbar.oscpstandin.CapacityProvider.block;
import static io.busbar.oscpstandin.CapacityProvider.forecast;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.GapPolicy;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.oscpstandin.Exchange.Request;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forecasts one after the other, their gaps, and what cannot be kept. */
@Verifies("OS-03")
class ForecastOrderTest extends ForecastFixture {

  @Test
  @Checklist("F-13")
  void aMessageReplacesWhatItCovers() {
    assertThat(consumption(block(NOW, at(180), 50))).isEqualTo(204);
    assertThat(consumption(block(at(60), at(120), 20))).isEqualTo(204);

    assertThat(depot.watts()).hasValue(50_000);
    leapTo(at(60));
    assertThat(depot.watts()).hasValue(20_000);
    leapTo(at(120));
    assertThat(depot.watts()).hasValue(50_000);
  }

  @Test
  @Checklist("F-13")
  void aMessageReplacesTheSeriesWhereTheRulesSaySo() {
    start(new JsonObject().put("replacement", "series"));
    assertThat(consumption(block(NOW, at(180), 50))).isEqualTo(204);
    assertThat(consumption(block(at(60), at(120), 20))).isEqualTo(204);

    assertThat(depot.watts()).hasValue(50_000);
    leapTo(at(60));
    assertThat(depot.watts()).hasValue(20_000);
    leapTo(at(120));
    assertThat(depot.watts()).hasValue(FakeEnvelopes.FAIL_SAFE);
  }

  @Test
  @Checklist("F-14")
  void aMessageOfAnotherTypeReplacesNothing() {
    assertThat(consumption(block(NOW, HOUR, 50))).isEqualTo(204);
    assertThat(send("GENERATION", block(NOW, HOUR, 5))).isEqualTo(204);

    assertThat(depot.watts()).hasValue(50_000);
  }

  @Test
  @Checklist("F-15")
  void aMessageThatIsPastHasNoEffect() {
    assertThat(consumption(block(at(-60), at(-30), 50))).isEqualTo(204);

    assertThat(depot.envelopes().submitted()).isEmpty();
    assertThat(depot.events()).contains("FORECAST_PAST");
  }

  @Test
  @Checklist("F-16")
  void aBlockThatBeganCountsFromNow() {
    assertThat(consumption(block(at(-60), HOUR, 50))).isEqualTo(204);

    assertThat(depot.watts()).hasValue(50_000);
    SubmitEnvelope envelope = depot.envelopes().submitted().getLast();
    assertThat(envelope.effectiveFrom()).isEqualTo(depot.clock().instant());
  }

  @ParameterizedTest
  @Checklist({"F-17", "F-18"})
  @CsvSource({"fallback, 20000", "hold, 50000", "site_limit, 30000"})
  void whereNothingCoversTheGapRuleCounts(String gap, int watts) {
    start(new JsonObject().put("gap", gap));
    assertThat(send("FALLBACK_CONSUMPTION", block(NOW, at(600), 20))).isEqualTo(204);
    assertThat(consumption(block(NOW, at(30), 50), block(at(60), at(90), 60))).isEqualTo(204);

    leapTo(at(30));
    assertThat(depot.watts()).hasValue(watts);
    assertThat(depot.events()).filteredOn("FORECAST_GAP"::equals).hasSize(1);
    leapTo(at(60));
    assertThat(depot.watts()).hasValue(60_000);
    leapTo(at(90));
    assertThat(depot.watts()).hasValue(gap.equals("hold") ? 60_000 : watts);
    assertThat(depot.events()).filteredOn("FORECAST_GAP"::equals).hasSize(2);
  }

  @Test
  @Checklist("F-18")
  void theLastValueIsHeldForSoLongAndNotLonger() {
    start(new JsonObject().put("gap", "hold").put("hold_minutes", 15));
    assertThat(send("FALLBACK_CONSUMPTION", block(NOW, at(600), 20))).isEqualTo(204);
    assertThat(consumption(block(NOW, at(30), 50))).isEqualTo(204);

    leapTo(at(44));
    assertThat(depot.watts()).hasValue(50_000);
    leapTo(at(45));
    assertThat(depot.watts()).hasValue(20_000);
    assertThat(consumption(block(at(45), at(60), 55))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(55_000);
    leapTo(at(60));
    assertThat(depot.watts()).hasValue(55_000);
    assertThat(depot.envelopes().reports().getLast().gapPolicy()).hasValue(GapPolicy.HOLD_LAST);
  }

  @Test
  @Checklist("F-20")
  void ofTwoMessagesAtTheSameTimeTheResultIsThatOfOneOrder() {
    Request one =
        partner.request(
            "POST",
            "update_group_capacity_forecast",
            forecast(GROUP, "CONSUMPTION", block(NOW, at(40), 50)));
    Request two =
        partner.request(
            "POST",
            "update_group_capacity_forecast",
            forecast(GROUP, "CONSUMPTION", block(at(20), at(60), 30)));
    List<Integer> statuses =
        IntStream.range(0, 2)
            .parallel()
            .mapToObj(i -> status(partner.send(i == 0 ? one : two)))
            .toList();

    assertThat(statuses).containsExactly(204, 204);
    assertThat(depot.watts()).hasValue(50_000);
    leapTo(at(30));
    assertThat(depot.watts().getAsInt()).isIn(30_000, 50_000);
    leapTo(at(50));
    assertThat(depot.watts()).hasValue(30_000);
  }

  @ParameterizedTest
  @Checklist("F-21")
  @ValueSource(strings = {"2026-04-04T10:00:00Z", "2026-09-26T10:00:00Z"})
  void offsetsAreReadAlsoWhereSummerTimeEnds(String day) {
    Instant begin = Instant.parse(day);
    stop();
    JsonObject settings = Depot.settings(new JsonObject().put("heartbeat_seconds", 0));
    depot =
        new Depot(
            Depot.context(settings, folder, begin.minusSeconds(60)),
            call -> io.vertx.core.Future.failedFuture("nobody is there"));
    partner = depot.partner();
    depot.register();
    depot.handshake(null);
    List<JsonObject> blocks = new ArrayList<>();
    var zone = java.time.ZoneId.of("Pacific/Auckland");
    for (int i = 0; i < 12; i++) {
      var from = begin.plusSeconds(3_600L * i).atZone(zone).toOffsetDateTime();
      var to = begin.plusSeconds(3_600L * (i + 1));
      blocks.add(block(from.toString(), to.toString(), 10 + i, "ALL", "KW"));
    }
    blocks.replaceAll(b -> b.put("start_time", withSeconds(b.getString("start_time"))));
    assertThat(consumption(blocks.toArray(JsonObject[]::new))).isEqualTo(204);

    for (int i = 0; i < 12; i++) {
      leapTo(begin.plusSeconds(3_600L * i));
      assertThat(depot.watts()).hasValue(1_000 * (10 + i));
    }
  }

  @Test
  @Checklist("F-22")
  void aLimitThatIsNotKeptIsToldWithTheIdOfItsForecast() {
    Request request =
        partner.request(
            "POST",
            "update_group_capacity_forecast",
            forecast(GROUP, "CONSUMPTION", block(NOW, at(60), 10)));
    assertThat(status(partner.send(request))).isEqualTo(204);
    for (int i = 0; i < 30; i++) {
      depot.measure(1, 12_000, null);
      depot.leapSeconds(10);
    }

    Request notice = partner.received("group_capacity_compliance_error").getFirst();
    assertThat(notice.header("X-Correlation-ID")).isEqualTo(request.header("X-Request-ID"));
    assertThat(Depot.body(notice).getJsonArray("forecasted_blocks").getJsonObject(0))
        .isEqualTo(block(NOW.toString(), at(60).toString(), 10, "ALL", "KW"));
    assertThat(Depot.body(notice).getString("message")).contains("12000 W");
  }

  @Test
  @Checklist("F-25")
  void aWishAboveTheLimitIsClipped() {
    assertThat(consumption(block(NOW, HOUR, 50))).isEqualTo(204);
    assertThat(send("OPTIMUM", block(NOW, HOUR, 70))).isEqualTo(204);

    EnvelopeBlock block = depot.envelopes().submitted().getLast().blocks().getFirst();
    assertThat(block.targetWatts()).hasValue(50_000);
    assertThat(block.maxLimitWatts()).hasValue(50_000);
  }

  @Test
  @Checklist("F-26")
  void whatCannotBeAppliedNowIsKeptAndAppliedLater() {
    depot.envelopes().goAway();
    assertThat(consumption(block(NOW, HOUR, 50))).isEqualTo(204);
    assertThat(depot.context().health().reports().get("limits grid/" + GROUP).message())
        .contains("not in force");

    depot.envelopes().come();
    depot.leapSeconds(2);
    assertThat(depot.watts()).hasValue(50_000);
    assertThat(depot.context().health().reports().get("limits grid/" + GROUP).message()).isEmpty();
  }

  @Test
  @Checklist("F-27")
  void aSeriesOfZeroesStopsAndTheNextOneLetsGoOn() {
    assertThat(consumption(block(NOW, HOUR, 50))).isEqualTo(204);
    assertThat(consumption(block(NOW, HOUR, 0))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(0);
    assertThat(consumption(block(NOW, HOUR, 45))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(45_000);
  }
}
