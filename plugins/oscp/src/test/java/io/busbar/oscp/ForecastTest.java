package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.get;
import static io.busbar.oscpstandin.CapacityProvider.block;
import static io.busbar.oscpstandin.CapacityProvider.forecast;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.Registration;
import io.busbar.api.Scheduler;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What partners foresee, and what of it counts. */
@Verifies("OS-03")
class ForecastTest extends ForecastFixture {

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
    assertThat(raw(json("'1e-99999999'", ""))).isEqualTo(400);
    assertThat(raw(json("'" + "1".repeat(5_000) + "'", ""))).isEqualTo(400);
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
  void aBlockWithoutEndIsWaitedForInSteps() {
    String good = json("50", "").replace("2026-03-02T11:00:00Z", "9999-12-31T23:59:59Z");
    assertThat(raw(good)).isEqualTo(204);
    assertThat(depot.watts()).hasValue(50_000);

    List<Duration> delays = new ArrayList<>();
    List<Instant> fired = new ArrayList<>();
    Scheduler scheduler = recording(depot.clock(), delays);
    Alarms alarms = new Alarms(scheduler, new Lane(Runnable::run, scheduler));
    Instant begin = depot.clock().instant();
    alarms.set("gap", Duration.ofHours(60), () -> fired.add(depot.clock().instant()));
    depot.leap(Duration.ofHours(100));

    assertThat(fired).containsExactly(begin.plus(Duration.ofHours(60)));
    assertThat(delays).allMatch(delay -> delay.compareTo(Duration.ofDays(1)) <= 0);
  }

  private static Scheduler recording(Scheduler scheduler, List<Duration> delays) {
    return new Scheduler() {
      @Override
      public Registration after(Duration delay, Runnable task) {
        delays.add(delay);
        return scheduler.after(delay, task);
      }

      @Override
      public Registration every(Duration firstDelay, Duration period, Runnable task) {
        return scheduler.every(firstDelay, period, task);
      }

      @Override
      public Duration elapsed() {
        return scheduler.elapsed();
      }
    };
  }
}
