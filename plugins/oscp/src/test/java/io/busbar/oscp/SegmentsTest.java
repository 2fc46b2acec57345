package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Request;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forecasts in parts. */
@Verifies("OS-03")
class SegmentsTest {

  private static final String ACTION = "update_group_capacity_forecast";

  @TempDir Path folder;
  private Depot depot;
  private CapacityProvider partner;

  @BeforeEach
  void start() {
    depot = Depot.online(new JsonObject().put("heartbeat_seconds", 0), folder);
    partner = depot.partner();
  }

  @AfterEach
  void stop() {
    depot.close();
  }

  private static Instant at(int minutes) {
    return NOW.plusSeconds(60L * minutes);
  }

  /** Part {@code index} of {@code count}: ten minutes at ten times its index in kilowatts. */
  private Request part(String index, String count, String id, String correlation) {
    int place = index.matches("[1-9]") ? Integer.parseInt(index) : 1;
    JsonObject body =
        CapacityProvider.forecast(
            GROUP,
            "CONSUMPTION",
            CapacityProvider.block(at(10 * place - 10), at(10 * place), 10 * place));
    return partner
        .request("POST", ACTION, body)
        .with("X-Request-ID", id)
        .with("X-Correlation-ID", correlation)
        .with("X-Segment-Index", index)
        .with("X-Segment-Count", count);
  }

  private int send(Request request) {
    return status(partner.send(request));
  }

  private void assertWhole() {
    assertThat(depot.watts()).hasValue(10_000);
    depot.clock().advanceTo(at(10));
    assertThat(depot.watts()).hasValue(20_000);
    depot.clock().advanceTo(at(20));
    assertThat(depot.watts()).hasValue(30_000);
  }

  private void assertNothing() {
    assertThat(depot.envelopes().submitted()).isEmpty();
  }

  @Test
  @Checklist("G-01")
  void partsThatNameTheFirstCountWhenTheLastIsThere() {
    assertThat(send(part("1", "3", "one", null))).isEqualTo(204);
    assertThat(send(part("2", "3", "two", "one"))).isEqualTo(204);
    assertNothing();
    assertThat(send(part("3", "3", "three", "one"))).isEqualTo(204);

    assertWhole();
  }

  @Test
  @Checklist("G-02")
  void partsThatNameTheOneBeforeCountAlike() {
    assertThat(send(part("1", "3", "one", null))).isEqualTo(204);
    assertThat(send(part("2", "3", "two", "one"))).isEqualTo(204);
    assertThat(send(part("3", "3", "three", "two"))).isEqualTo(204);

    assertWhole();
  }

  @ParameterizedTest
  @Checklist("G-03")
  @CsvSource({"one, one", "one, two"})
  void theOrderOfPartsDoesNotMatter(String ofTwo, String ofThree) {
    assertThat(send(part("3", "3", "three", ofThree))).isEqualTo(204);
    assertThat(send(part("1", "3", "one", null))).isEqualTo(204);
    assertNothing();
    assertThat(send(part("2", "3", "two", ofTwo))).isEqualTo(204);

    assertWhole();
  }

  @Test
  @Checklist("G-04")
  void aPartThatDoesNotComeDropsTheOthers() {
    assertThat(send(part("1", "3", "one", null))).isEqualTo(204);
    assertThat(send(part("3", "3", "three", "one"))).isEqualTo(204);
    depot.leapSeconds(61);

    assertThat(depot.events()).contains("PARTS_MISSING");
    assertThat(send(part("2", "3", "two", "one"))).isEqualTo(204);
    assertNothing();
  }

  @Test
  @Checklist("G-05")
  void aPartThatComesTwiceCountsOnce() {
    assertThat(send(part("1", "3", "one", null))).isEqualTo(204);
    assertThat(send(part("2", "3", "two", "one"))).isEqualTo(204);
    assertThat(send(part("2", "3", "two", "one"))).isEqualTo(204);
    assertNothing();
    assertThat(send(part("3", "3", "three", "one"))).isEqualTo(204);

    assertWhole();
  }

  @Test
  @Checklist("G-05")
  void anotherPartInThePlaceOfOneDropsTheWhole() {
    assertThat(send(part("1", "3", "one", null))).isEqualTo(204);
    assertThat(send(part("2", "3", "two", "one"))).isEqualTo(204);
    assertThat(send(part("2", "3", "other", "one"))).isEqualTo(400);
    assertThat(send(part("3", "3", "three", "one"))).isEqualTo(204);

    assertNothing();
  }

  @ParameterizedTest
  @Checklist("G-06")
  @CsvSource({"0,3", "4,3", "-1,3", "x,3", "1,0", "1,-2", "1.5,3", "1,", ",3", "99999999999,3"})
  void headersOfPartsThatMakeNoSenseAreRefused(String index, String count) {
    Request request =
        part("1", "3", "one", null).with("X-Segment-Index", index).with("X-Segment-Count", count);

    assertThat(send(request)).isEqualTo(400);
    assertNothing();
  }

  @Test
  @Checklist("G-07")
  void partsThatDoNotFitDropTheWhole() {
    Request second = part("2", "3", "two", "one");
    JsonObject body = new JsonObject(second.body());
    List<Request> wrong =
        List.of(part("2", "4", "two", "one"), with(second, body.copy().put("type", "GENERATION")));
    for (Request each : wrong) {
      String id = "one" + wrong.indexOf(each);
      assertThat(send(part("1", "3", id, null))).isEqualTo(204);
      Request part =
          each.with("X-Correlation-ID", id).with("X-Request-ID", "wrong" + wrong.indexOf(each));
      assertThat(send(part)).isEqualTo(400);
      assertThat(send(part("2", "3", "late" + id, id))).isEqualTo(204);
      assertThat(send(part("3", "3", "last" + id, id))).isEqualTo(204);
    }
    assertNothing();
  }

  private static Request with(Request request, JsonObject body) {
    return new Request(request.method(), request.action(), request.headers(), body.encode());
  }

  @Test
  @Checklist("G-08")
  void oneOfOneIsLikeNoParts() {
    assertThat(send(part("1", "1", "one", null))).isEqualTo(204);

    assertThat(depot.watts()).hasValue(10_000);
  }

  @Test
  @Checklist("G-09")
  void messagesInPartsAreKeptApart() {
    assertThat(send(part("1", "2", "a1", null))).isEqualTo(204);
    Request other = part("1", "2", "b1", null);
    JsonObject generation = new JsonObject(other.body()).put("type", "GENERATION");
    assertThat(send(with(other, generation))).isEqualTo(204);
    assertThat(send(part("2", "2", "a2", "a1"))).isEqualTo(204);
    assertThat(depot.watts()).hasValue(10_000);
    Request last = part("2", "2", "b2", "b1");
    assertThat(send(with(last, new JsonObject(last.body()).put("type", "GENERATION"))))
        .isEqualTo(204);

    assertThat(depot.envelopes().submitted())
        .extracting(envelope -> envelope.constraintType().name())
        .contains("CONSUMPTION_CAP", "GENERATION_CAP");
  }

  @Test
  @Checklist("G-10")
  void partsThatOverlapAreRefusedAsAWhole() {
    assertThat(send(part("1", "2", "one", null))).isEqualTo(204);
    Request second = part("2", "2", "two", "one");
    JsonObject same =
        CapacityProvider.forecast(GROUP, "CONSUMPTION", CapacityProvider.block(at(5), at(15), 5));

    assertThat(send(with(second, same))).isEqualTo(400);
    assertNothing();
  }

  @Test
  @Checklist("G-11")
  void tooManyPartsAreRefused() {
    assertThat(send(part("1", "101", "one", null))).isEqualTo(400);
    for (int i = 0; i < 20; i++) {
      assertThat(send(part("1", "2", "open" + i, null))).isEqualTo(204);
    }
    assertThat(send(part("1", "2", "more", null))).isEqualTo(429);
    assertNothing();
  }

  @Test
  void aPartThatCouldNotBeStoredMayComeAgain() {
    assertThat(send(part("1", "3", "one", null))).isEqualTo(204);
    for (String id : List.of("two", "three")) {
      String index = id.equals("two") ? "2" : "3";
      depot.store().goAwayAfter(0);
      assertThat(send(part(index, "3", id, "one"))).isEqualTo(503);
      depot.store().comeBack();
      assertThat(send(part(index, "3", id, "one"))).isEqualTo(204);
    }

    assertWhole();
  }

  @Test
  void partsOfOtherMessagesDoNotKeepLatePartsAlive() {
    assertThat(send(part("1", "2", "one", null))).isEqualTo(204);
    depot.leapSeconds(50);
    assertThat(send(part("1", "2", "other", null))).isEqualTo(204);
    depot.leapSeconds(15);

    assertThat(depot.events()).contains("PARTS_MISSING");
    assertThat(send(part("2", "2", "two", "one"))).isEqualTo(204);
    assertNothing();
  }
}
