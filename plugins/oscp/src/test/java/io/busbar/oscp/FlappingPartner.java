package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;

import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A partner of which nothing can be expected but that it keeps the form of messages. */
final class FlappingPartner {

  static final int FALLBACK = 15_000;

  private final Depot depot;
  private final CapacityProvider partner;
  private final SplittableRandom random;
  private final TreeMap<Instant, Map<String, Integer>> taken = new TreeMap<>();
  private final Map<Instant, Integer> limits = new HashMap<>();
  private final List<Request> late = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();
  private final StringBuilder day = new StringBuilder();
  private int awayUntil;
  private boolean calm;

  FlappingPartner(Depot depot, long seed) {
    this.depot = depot;
    this.partner = depot.partner();
    this.random = new SplittableRandom(seed);
    partner.usually(this::answer);
    send(
        "FALLBACK_CONSUMPTION",
        CapacityProvider.block(NOW, NOW.plus(Duration.ofDays(400)), FALLBACK / 1_000));
  }

  /** From now on it does what it should. */
  void calm() {
    calm = true;
    awayUntil = 0;
    partner.skew(Duration.ZERO);
    partner.handshake(60.0, "INTERMITTENT");
  }

  /** Counts what arrives, then drops, fails, is slow, or answers. */
  private Future<Answer> answer(Request request) {
    boolean away = !calm && awayUntil > 0;
    if (away && random.nextInt(2) == 0) {
      return Future.failedFuture("away");
    }
    int fate = calm ? 99 : random.nextInt(100);
    if (fate < 5) {
      return Future.succeededFuture(Answer.of(500));
    }
    note(request);
    if (fate < 10) {
      return Future.failedFuture("the answer was lost");
    }
    if (fate < 15) {
      Promise<Answer> slow = Promise.promise();
      depot
          .clock()
          .after(Duration.ofSeconds(random.nextInt(1, 19)), () -> slow.complete(Answer.of(204)));
      return slow.future();
    }
    return Future.succeededFuture(Answer.of(204));
  }

  private void note(Request request) {
    day.append(depot.clock().instant()).append(request.action());
    if (request.action().equals("update_group_measurements")) {
      day.append(request.body());
      JsonObject energy = Depot.body(request).getJsonArray("measurements").getJsonObject(0);
      taken
          .computeIfAbsent(Instant.parse(energy.getString("measure_time")), end -> new HashMap<>())
          .merge(request.header("X-Request-ID").orElseThrow(), 1, Integer::sum);
    }
  }

  /** What it does in a minute of the month. */
  void minute(int minute) {
    if (minute % 1_440 == 0) {
      digests.add(Tokens.digest(day.toString().getBytes(StandardCharsets.UTF_8)));
      day.setLength(0);
      partner.skew(Duration.ofSeconds(random.nextInt(-120, 121)));
    }
    if (awayUntil == 0 && random.nextInt(400) == 0) {
      awayUntil = minute + random.nextInt(1, 40);
    }
    if (awayUntil > minute) {
      return;
    }
    if (awayUntil > 0) {
      awayUntil = 0;
      partner.handshake(60.0, "INTERMITTENT");
    } else if (depot.stage() != ConnectionStage.ONLINE) {
      partner.handshake(60.0, "INTERMITTENT");
    }
    repeated(partner.request("POST", "heartbeat", alive()));
    if (minute % 15 == 0) {
      forecast();
    }
  }

  /** Ahead far enough for a clock that is two minutes behind. */
  private JsonObject alive() {
    return new JsonObject()
        .put("offline_mode_at", partner.now().plus(Duration.ofMinutes(6)).toString());
  }

  private void repeated(Request request) {
    Depot.status(partner.send(request));
    if (random.nextInt(10) == 0) {
      Depot.status(partner.send(request));
    }
  }

  /** A day in quarters of an hour; what was sent before may arrive again behind it. */
  private void forecast() {
    Instant from = Windows.boundary(depot.clock().instant(), Duration.ofMinutes(15));
    JsonObject[] blocks = new JsonObject[96];
    Map<Instant, Integer> said = new HashMap<>();
    for (int i = 0; i < 96; i++) {
      Instant begin = from.plusSeconds(900L * i);
      int kilowatts = random.nextInt(0, 80);
      blocks[i] = CapacityProvider.block(begin, begin.plusSeconds(900), kilowatts);
      said.put(begin, kilowatts * 1_000);
    }
    Request request =
        partner.request(
            "POST",
            "update_group_capacity_forecast",
            CapacityProvider.forecast(GROUP, "CONSUMPTION", blocks));
    if (Depot.status(partner.send(request)) == 204) {
      limits.putAll(said);
      late.add(request);
    }
    if (late.size() > 1 && random.nextInt(5) == 0) {
      Depot.status(partner.send(late.get(random.nextInt(late.size()))));
    }
    if (late.size() > 4) {
      late.removeFirst();
    }
  }

  private void send(String type, JsonObject block) {
    Depot.status(partner.send(CapacityProvider.forecast(GROUP, type, block)));
  }

  /** Most import that the rules allow now. */
  int limit(boolean online) {
    Instant quarter = Windows.boundary(depot.clock().instant(), Duration.ofMinutes(15));
    int watts = online ? limits.getOrDefault(quarter, FALLBACK) : FALLBACK;
    day.append(depot.watts()).append(online);
    return watts;
  }

  /** How many messages with different ids there were for each window, by its end. */
  TreeMap<Instant, Long> windows() {
    TreeMap<Instant, Long> windows = new TreeMap<>();
    taken.forEach((end, ids) -> windows.put(end, (long) ids.size()));
    return windows;
  }

  List<String> digests() {
    return List.copyOf(digests);
  }
}
