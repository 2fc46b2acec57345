package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.status;
import static io.busbar.oscpstandin.CapacityProvider.forecast;

import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Request;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A depot online, and forecasts for it. */
abstract class ForecastFixture {

  static final Instant HOUR = NOW.plusSeconds(3_600);
  static final Duration QUARTER = Duration.ofMinutes(15);

  @TempDir Path folder;
  Depot depot;
  CapacityProvider partner;

  @BeforeEach
  void start() {
    start(new JsonObject());
  }

  void start(JsonObject rules) {
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

  int send(String type, JsonObject... blocks) {
    return status(partner.send(forecast(GROUP, type, blocks)));
  }

  int consumption(JsonObject... blocks) {
    return send("CONSUMPTION", blocks);
  }

  static Instant at(int minutes) {
    return NOW.plusSeconds(60L * minutes);
  }

  void leapTo(Instant at) {
    depot.clock().advanceTo(at);
  }

  int raw(String body) {
    Request request = partner.request("POST", "update_group_capacity_forecast", new JsonObject());
    return status(
        partner.send(
            new Request(
                request.method(), request.action(), request.headers(), body.replace('\'', '"'))));
  }

  static String json(String capacity, String rest) {
    return "{'group_id':'DEPOT0042','type':'CONSUMPTION','forecasted_blocks':[{'capacity':"
        + capacity
        + ",'phase':'ALL','unit':'KW','start_time':'2026-03-02T10:00:00Z',"
        + "'end_time':'2026-03-02T11:00:00Z'"
        + rest
        + "}]}";
  }

  /** Java leaves seconds away that are 0. */
  static String withSeconds(String time) {
    return time.replaceFirst("T(\\d\\d:\\d\\d)([+-])", "T$1:00$2");
  }
}
