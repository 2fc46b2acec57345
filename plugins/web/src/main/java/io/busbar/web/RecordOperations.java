package io.busbar.web;

import io.busbar.api.Bus;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.ListBreaches;
import io.busbar.api.balancing.ReplayCycle;
import io.busbar.api.balancing.ReplayReply;
import io.vertx.core.Future;
import java.util.UUID;

/** What is on record of a site: breaches, and cycles that can be decided once more. */
final class RecordOperations {

  private final Bus bus;

  RecordOperations(Bus bus, Operations operations) {
    this.bus = bus;
    operations.answers("replay", this::replay);
    operations.answers("listBreaches", this::breaches);
  }

  private Future<?> replay(Ask ask) {
    UUID cycleId = ask.id("cycle_id");
    return bus.ask(BalancingAddresses.REPLAY.at(ask.microgridId()), new ReplayCycle(cycleId))
        .map(
            reply ->
                switch (reply) {
                  case ReplayReply.Replayed replayed -> replayed;
                  case ReplayReply.Refused refused -> throw refusal(refused);
                });
  }

  /** Whatever the reason, of that cycle there is no replay. */
  private static ApiError refusal(ReplayReply.Refused refused) {
    return refused.reasonCode().equals("CYCLE_UNKNOWN")
        ? ApiError.notFound(refused.message())
        : new ApiError(404, refused.reasonCode(), refused.message());
  }

  private Future<?> breaches(Ask ask) {
    ListBreaches query =
        new ListBreaches(ask.query("state").map("open"::equals), ask.limit(), ask.query("cursor"));
    return bus.ask(BalancingAddresses.BREACHES.at(ask.microgridId()), query);
  }
}
