package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.get;
import static io.busbar.oscp.Depot.status;
import static io.busbar.oscpstandin.CapacityProvider.block;
import static io.busbar.oscpstandin.CapacityProvider.forecast;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.GapPolicy;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What partners foresee, and what of it counts. */
@Verifies("OS-03")
class ForecastTest {

  private static final Instant HOUR = NOW.plusSeconds(3_600);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  @TempDir Path folder;
  private Depot depot;
  private CapacityProvider partner;

  @BeforeEach
  void start() {
    start(new JsonObject());
  }

  private void start(JsonObject rules) {
    stop();
    depot = Depot.online(rules.copy().put("heartbeat_seconds", 0), folder);
    partner = depot.partner();
  }

  @AfterEach
  void stop() {
    if (depot != null) {
      depot.close();
    }
  }

  private int send(String type, JsonObject... blocks) {
    return status(partner.send(forecast(GROUP, type, blocks)));
  }

  private int consumption(JsonObject... blocks) {
    return send("CONSUMPTION", blocks);
  }

  private static Instant at(int minutes) {
    return NOW.plusSeconds(60L * minutes);
  }

  private void leapTo(Instant at) {
    depot.clock().advanceTo(at);
  }

  @Test
  @Checklist("F-01")
  void everyBlockOfADayCountsAtItsTime() {
    List<JsonObject> blocks = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      Instant from = NOW.plus(QUARTER.multipliedBy(i));
      blocks.add(block(from, from.plus(QUARTER), 10 + i % 7));
    }
    assertThat(consumption(blocks.toArray(JsonObject[]::new))).isEqualTo(204);

    for (int i = 0; i < 96; i++) {
      Instant from = NOW.plus(QUARTER.multipliedBy(i));
      leapTo(i == 0 ? depot.clock().instant() : from);
      assertThat(depot.watts()).hasValue(1_000 * (10 + i % 7));
      leapTo(from.plus(QUARTER).minusMillis(1));
      assertThat(depot.watts()).hasValue(1_000 * (10 + i % 7));
    }
    assertThat(depot.envelopes().submitted())
        .allSatisfy(
            envelope -> {
              assertThat(envelope.sourceRef()).doesNotContain(GROUP);
              assertThat(envelope.originControlPointId()).hasValue(Depot.SOURCE);
            });
  }

  @Test
  @Checklist("F-02")
  void everyTypeIsKeptByItself() {
    assertThat(send("CONSUMPTION", block(NOW, HOUR, 50))).isEqualTo(204);
    assertThat(send("GENERATION", block(NOW, HOUR, 40))).isEqualTo(204);
    assertThat(send("FALLBACK_CONSUMPTION", block(NOW, HOUR, 30))).isEqualTo(204);
    assertThat(send("FALLBACK_GENERATION", block(NOW, HOUR, 20))).isEqualTo(204);
    assertThat(send("OPTIMUM", block(NOW, HOUR, 10))).isEqualTo(204);

    Instant now = depot.clock().instant();
    EnvelopeBlock normal =
        depot.envelopes().block(ConstraintType.CONSUMPTION_CAP, Type.FORECAST, now).orElseThrow();
    assertThat(normal.maxLimitWatts()).hasValue(50_000);
    assertThat(normal.targetWatts()).hasValue(10_000);
    assertThat(
            depot
                .envelopes()
                .block(ConstraintType.GENERATION_CAP, Type.FORECAST, now)
                .orElseThrow()
                .maxLimitWatts())
        .hasValue(40_000);
    assertThat(
            depot
                .envelopes()
                .block(ConstraintType.CONSUMPTION_CAP, Type.FALLBACK, now)
                .orElseThrow()
                .maxLimitWatts())
        .hasValue(30_000);
    assertThat(
            depot
                .envelopes()
                .block(ConstraintType.GENERATION_CAP, Type.FALLBACK, now)
                .orElseThrow()
                .maxLimitWatts())
        .hasValue(20_000);
  }

  @ParameterizedTest
  @Checklist({"F-03", "F-24"})
  @CsvSource({
    "50000,   ALL,     W,   50000",
    "50.5,    ALL,     KW,  50500",
    "63,      ALL,     A,   43470",
    "63,      UNKNOWN, A,   43470",
    "63,      ONE,     A,   43470",
    "10000,   TWO,     W,   30000",
    "10,      THREE,   KW,  30000",
    "50,      UNKNOWN, KW,  50000",
    "12.5,    ALL,     KWH, 12500",
    "12500.9, ALL,     WH,  12500"
  })
  void everyUnitAndPhaseIsConverted(String capacity, String phase, String unit, int watts) {
    JsonObject block =
        block(NOW.toString(), HOUR.toString(), Double.valueOf(capacity), phase, unit);

    assertThat(consumption(block)).isEqualTo(204);
    assertThat(depot.watts()).hasValue(watts);
  }

  @Test
  @Checklist("F-04")
  void zeroIsALimit() {
    assertThat(consumption(block(NOW, HOUR, 0))).isEqualTo(204);

    assertThat(depot.watts()).hasValue(0);
  }

  private int raw(String body) {
    Request request = partner.request("POST", "update_group_capacity_forecast", new JsonObject());
    return status(
        partner.send(
            new Request(
                request.method(), request.action(), request.headers(), body.replace('\'', '"'))));
  }

  private static String json(String capacity, String rest) {
    return "{'group_id':'DEPOT0042','type':'CONSUMPTION','forecasted_blocks':[{'capacity':"
        + capacity
        + ",'phase':'ALL','unit':'KW','start_time':'2026-03-02T10:00:00Z',"
        + "'end_time':'2026-03-02T11:00:00Z'"
        + rest
        + "}]}";
  }

  @ParameterizedTest
  @Checklist("F-05")
  @ValueSource(strings = {"-0.1", "'250'", "NaN", "1e400", "1e300", "true", "[]"})
  void aCapacityIsANumberFromZeroOn(String capacity) {
    assertThat(raw(json(capacity, ""))).isEqualTo(400);
    assertThat(depot.envelopes().submitted()).isEmpty();
  }

  @Test
  @Checklist("F-05")
  void aCapacityAsTextIsTakenWhereTheRulesSaySo() {
    start(new JsonObject().put("accept_text_numbers", true));

    assertThat(raw(json("'250.5'", ""))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(250_500);
    assertThat(raw(json("'many'", ""))).isEqualTo(400);
    assertThat(raw(json("'-1'", ""))).isEqualTo(400);
  }

  @Test
  @Checklist({"F-06", "F-07"})
  void wordsAreReadAsTheyAreWrittenAndNothingMayBeMissing() {
    String good = json("50", "");
    assertThat(raw(good)).isEqualTo(204);
    int before = depot.envelopes().submitted().size();
    for (List<String> change :
        List.of(
            List.of("CONSUMPTION", "consumption"),
            List.of("CONSUMPTION", "PRICE"),
            List.of("'KW'", "'kW'"),
            List.of("'KW'", "'EUR'"),
            List.of("'ALL'", "'all'"),
            List.of("'ALL'", "'FOUR'"),
            List.of("'group_id':'DEPOT0042',", ""),
            List.of("'type':'CONSUMPTION',", ""),
            List.of("'capacity':50,", ""),
            List.of("'phase':'ALL',", ""),
            List.of("'unit':'KW',", ""),
            List.of("'start_time':'2026-03-02T10:00:00Z',", ""),
            List.of(",'end_time':'2026-03-02T11:00:00Z'", ""))) {
      assertThat(raw(good.replace(change.get(0), change.get(1)))).as("%s", change).isEqualTo(400);
    }
    assertThat(raw("{'group_id':'DEPOT0042','type':'CONSUMPTION','forecasted_blocks':[]}"))
        .isEqualTo(400);
    assertThat(depot.envelopes().submitted()).hasSize(before);
  }

  @Test
  @Checklist("F-08")
  void aBlockHasToHaveALength() {
    assertThat(consumption(block(NOW, NOW, 50))).isEqualTo(400);
    assertThat(consumption(block(HOUR, NOW, 50))).isEqualTo(400);
  }

  @Test
  @Checklist("F-09")
  void groupsThatAreNotThePartnersAreUnknown() {
    Answer unknown = get(partner.send(forecast("ELSEWHERE", "CONSUMPTION", block(NOW, HOUR, 1))));
    Answer empty = get(partner.send(forecast("", "CONSUMPTION", block(NOW, HOUR, 1))));

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(empty.status()).isEqualTo(404);
    assertThat(empty.body()).isEqualTo(unknown.body());
  }

  @Test
  @Checklist("F-10")
  void theOrderOfBlocksDoesNotMatter() {
    List<JsonObject> blocks =
        new ArrayList<>(
            IntStream.range(0, 20)
                .mapToObj(i -> block(at(10 * i), at(10 * i + 10), 10 + i))
                .toList());
    Collections.shuffle(blocks, new Random(7));
    assertThat(consumption(blocks.toArray(JsonObject[]::new))).isEqualTo(204);

    for (int i = 1; i < 20; i++) {
      leapTo(at(10 * i));
      assertThat(depot.watts()).hasValue(1_000 * (10 + i));
    }
  }

  @Test
  @Checklist({"F-11", "F-19"})
  void aMessageIsTakenAsAWholeOrNotAtAll() {
    assertThat(consumption(block(NOW, at(30), 50), block(at(29), HOUR, 40))).isEqualTo(400);
    JsonObject unknown = block(at(20).toString(), at(40).toString(), 10, "UNKNOWN", "KW");
    assertThat(consumption(block(NOW, at(30), 50), unknown)).isEqualTo(400);
    JsonObject[] many =
        IntStream.range(0, 96)
            .mapToObj(i -> block(at(i), i == 50 ? at(i) : at(i + 1), 10))
            .toArray(JsonObject[]::new);
    assertThat(consumption(many)).isEqualTo(400);

    assertThat(depot.envelopes().submitted()).isEmpty();
  }

  @Test
  @Checklist("F-12")
  void valuesOfAllPhasesBind() {
    String from = NOW.toString();
    String to = HOUR.toString();
    assertThat(
            consumption(
                block(from, to, 63, "ONE", "A"),
                block(from, to, 63, "TWO", "A"),
                block(from, to, 50, "THREE", "A")))
        .isEqualTo(204);
    assertThat(depot.watts()).hasValue(3 * 50 * 230);

    assertThat(consumption(block(from, to, 30, "ALL", "KW"))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(30_000);
  }

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

  /** Java leaves seconds away that are 0. */
  private static String withSeconds(String time) {
    return time.replaceFirst("T(\\d\\d:\\d\\d)([+-])", "T$1:00$2");
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
