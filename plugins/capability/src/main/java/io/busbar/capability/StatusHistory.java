package io.busbar.capability;

import io.busbar.api.capability.GetHistory;
import io.busbar.api.capability.HistoryReply;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusProjection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps statuses. Its methods wait, for virtual threads. */
interface StatusHistory extends AutoCloseable {

  /**
   * Appends what is not there yet, all or nothing, and brings the projection up to it.
   *
   * @return ids of those that are new
   */
  Set<UUID> append(List<Incoming> statuses);

  /** The event with an id. */
  Optional<StatusEvent> find(UUID statusEventId);

  HistoryReply page(GetHistory question);

  /** Latest statuses, ordered by control point; freshness is left at 0. */
  List<StatusProjection> projection(UUID microgridId);

  /** Keeps messages that could not become a status. */
  void bury(List<DeadLetter> letters);

  /** Told up to here. */
  void told(List<Incoming> statuses);

  /** What was stored and perhaps not told, oldest first, at most so many. */
  List<Incoming> untold(int most);

  @Override
  void close();
}
