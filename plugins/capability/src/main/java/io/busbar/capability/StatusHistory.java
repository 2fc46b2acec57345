package io.busbar.capability;

import io.busbar.api.capability.GetHistory;
import io.busbar.api.capability.HistoryReply;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusProjection;
import io.busbar.store.NotStorable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Keeps statuses. Its methods wait, for virtual threads. */
interface StatusHistory extends AutoCloseable {

  /**
   * Appends what is not there yet, all or nothing, and brings the projection up to it.
   *
   * @return positions of those that are new, by id; positions grow in the order of commits
   * @throws NotStorable if there is one among them that never can be stored
   */
  Map<UUID, Long> append(List<Incoming> statuses);

  /** Events by id, those that are there. */
  Map<UUID, StatusEvent> find(Collection<UUID> statusEventIds);

  HistoryReply page(GetHistory question);

  /** Latest statuses, ordered by control point; freshness is left at 0. */
  List<StatusProjection> projection(UUID microgridId);

  /**
   * Keeps messages that could not become a status.
   *
   * @throws NotStorable if there is one among them that never can be stored
   */
  void bury(List<DeadLetter> letters);

  /** Everything up to this position was told. */
  void told(long position);

  /** What was stored and perhaps not told, oldest first, at most so many. */
  List<Stored> untold(int most);

  @Override
  void close();
}
