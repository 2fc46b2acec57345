package io.busbar.oscp;

import static io.busbar.oscp.Depot.A;
import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.get;
import static io.busbar.oscp.Depot.status;

import io.busbar.api.oscp.CommandReply;
import io.busbar.api.oscp.OscpAddresses;
import io.busbar.api.oscp.SteerConnection;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Request;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A depot that nobody registered at yet. */
abstract class RegisterFixture {

  @TempDir Path folder;
  Depot depot;
  CapacityProvider partner;

  @BeforeEach
  void start() {
    start(Depot.settings(new JsonObject()));
  }

  void start(JsonObject settings) {
    stop();
    depot = Depot.with(settings, folder);
    partner = depot.partner().shows("Token", A);
  }

  @AfterEach
  void stop() {
    if (depot != null) {
      depot.close();
    }
  }

  Request register(JsonObject body) {
    return partner.request("POST", "register", body);
  }

  int sent(Request request) {
    return status(partner.send(request));
  }

  static JsonObject wishes() {
    return CapacityProvider.wishes(null);
  }

  JsonObject initiating() {
    JsonObject settings = Depot.settings(new JsonObject());
    Depot.connection(settings, "grid")
        .put("initiate", true)
        .put("partner_url", Depot.PARTNER_URL)
        .put("outbound_token", "given-by-the-partner");
    return settings;
  }

  CommandReply steer(SteerConnection.Order order) {
    SteerConnection asked = new SteerConnection("grid", order, "dana", "c1");
    return get(depot.context().bus().ask(OscpAddresses.STEER, asked));
  }

  static JsonObject forecast(String kilowatts) {
    return CapacityProvider.forecast(
        GROUP,
        "CONSUMPTION",
        CapacityProvider.block(NOW, NOW.plusSeconds(7200), Integer.valueOf(kilowatts)));
  }
}
