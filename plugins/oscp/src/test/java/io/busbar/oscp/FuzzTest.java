package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes valid messages at random. No input gives a 5xx but the 501 of the rules, and none that is
 * refused changes anything. {@code -Doscp.fuzz=N} sets how many, {@code -Doscp.seed=N} where to
 * begin.
 */
class FuzzTest {

  private static final int INPUTS = Integer.getInteger("oscp.fuzz", 20_000);
  private static final long SEED = Long.getLong("oscp.seed", 20260302);
  private static final Set<Integer> ALLOWED =
      Set.of(204, 400, 401, 403, 404, 405, 413, 415, 429, 501);
  private static final List<String> PIECES =
      List.of(
          "null",
          "-1",
          "1e309",
          "\"\"",
          "[]",
          "{}",
          "true",
          "\\u0000",
          "\"\\ud800\"",
          "9".repeat(40),
          "\"9999-12-31T23:59:59Z\"",
          "\"0000-01-01T00:00:00Z\"",
          "\"2026-03-02T10:00:00+18:00\"",
          "\"ALL\"",
          "\"CONSUMPTION\"",
          ",",
          ":",
          "}",
          "[[[[[[[[",
          "\"token\":\"x\"",
          "0.0000001");

  @TempDir Path folder;

  @Test
  void nothingThatComesInBreaksAnything() {
    System.out.println("fuzz: seed " + SEED + ", inputs " + INPUTS);
    SplittableRandom random = new SplittableRandom(SEED);
    try (Depot depot = Depot.online(new JsonObject().put("heartbeat_seconds", 0), folder)) {
      CapacityProvider partner = depot.partner();
      String token = partner.token();
      for (int i = 0; i < INPUTS; i++) {
        Request request = changed(valid(partner, random), random);
        var before = depot.view();
        int envelopes = depot.envelopes().submitted().size();
        Answer answer = get(partner.send(request));
        assertThat(answer.status()).as("input %d: %s", i, request).isIn(ALLOWED);
        if (answer.status() != 204) {
          assertThat(depot.view()).as("input %d: %s", i, request).isEqualTo(before);
          assertThat(depot.envelopes().submitted()).hasSize(envelopes);
        }
        if (depot.stage() != before.stage()) {
          depot.leapSeconds(2);
          if (depot.view().heartbeatSeconds().isEmpty() && partner.token().equals(token)) {
            continue;
          }
        }
        if (answer.status() == 429) {
          depot.leapSeconds(61);
        }
      }
      assertThat(depot.envelopes().submitted()).isNotEmpty();
    }
  }

  private static Request valid(CapacityProvider partner, SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> partner.request("POST", "handshake", CapacityProvider.wishes(60.0, "CONTINUOUS"));
      case 1 -> partner.request("POST", "handshake_acknowledge", CapacityProvider.wishes(5.0));
      case 2 ->
          partner.request(
              "POST",
              "heartbeat",
              new JsonObject()
                  .put("offline_mode_at", partner.now().plus(Duration.ofMinutes(3)).toString()));
      case 3 -> partner.request("POST", "register", partner.registration("b", "2.0"));
      default ->
          partner.request(
              "POST",
              "update_group_capacity_forecast",
              CapacityProvider.forecast(
                  GROUP,
                  "CONSUMPTION",
                  CapacityProvider.block(NOW, NOW.plusSeconds(900), random.nextInt(100)),
                  CapacityProvider.block(
                      NOW.plusSeconds(900), NOW.plusSeconds(1_800), random.nextInt(100))));
    };
  }

  private static Request changed(Request request, SplittableRandom random) {
    Request changed = request;
    if (random.nextInt(8) == 0) {
      List<String> names =
          List.of(
              "X-Request-ID",
              "Content-Type",
              "X-Correlation-ID",
              "X-Segment-Index",
              "X-Segment-Count");
      String name = names.get(random.nextInt(names.size()));
      String value = random.nextBoolean() ? null : PIECES.get(random.nextInt(PIECES.size()));
      changed = changed.with(name, value);
    }
    StringBuilder body = new StringBuilder(changed.body());
    for (int i = random.nextInt(4); i > 0; i--) {
      change(body, random);
    }
    return new Request(changed.method(), changed.action(), changed.headers(), body.toString());
  }

  private static void change(StringBuilder body, SplittableRandom random) {
    int at = random.nextInt(body.length() + 1);
    int to = Math.min(body.length(), at + random.nextInt(12));
    switch (random.nextInt(4)) {
      case 0 -> body.delete(at, to);
      case 1 -> body.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      case 2 -> body.replace(at, to, PIECES.get(random.nextInt(PIECES.size())));
      default -> body.insert(at, (char) random.nextInt(1, 0x3000));
    }
  }
}
