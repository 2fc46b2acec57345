package io.busbar.balancing.record;

import io.busbar.balancing.replay.Inputs;
import io.busbar.store.Transaction;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What cycles have in common, stored once. Every method waits for the database. */
final class FrameTable {

  private static final int MOST_KNOWN = 200_000;

  private static final String USE =
      """
      insert into cycle_frame (digest, microgrid_id, site, content, last_used)
      values ($1, $2, $3, $4, $5)
      on conflict (digest) do update
      set last_used = greatest(cycle_frame.last_used, excluded.last_used)
      """;

  /** Newest day for which each is known to be stored. */
  private final Map<String, LocalDate> known = new HashMap<>();

  /** Sees to it that the frame of some inputs is kept for as long as the cycles of a day. */
  void use(Transaction transaction, UUID microgridId, Inputs inputs, LocalDate day) {
    LocalDate newest = known.get(inputs.frame());
    if (newest != null && !newest.isBefore(day)) {
      return;
    }
    transaction.query(
        USE, inputs.frame(), microgridId, inputs.site(), Buffer.buffer(inputs.packedFrame()), day);
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    known.put(inputs.frame(), day);
  }

  /** The transaction was rolled back, or old ones were dropped. */
  void forget() {
    known.clear();
  }
}
