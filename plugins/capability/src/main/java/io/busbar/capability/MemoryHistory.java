package io.busbar.capability;

import io.busbar.api.capability.GetHistory;
import io.busbar.api.capability.HistoryReply;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusProjection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps statuses as long as the process lives, for runs without a database. */
final class MemoryHistory implements StatusHistory {

  private final Map<UUID, StatusEvent> events = new LinkedHashMap<>();
  private final Map<String, StatusProjection> latest = new TreeMap<>();
  private final List<DeadLetter> letters = new ArrayList<>();

  @Override
  public Map<UUID, Long> append(List<Incoming> statuses) {
    Map<UUID, Long> fresh = new HashMap<>();
    for (Incoming status : statuses) {
      StatusEvent event = status.event();
      if (events.putIfAbsent(event.statusEventId(), event) == null) {
        fresh.put(event.statusEventId(), (long) events.size());
        latest.merge(event.controlPointId().toString(), Projections.of(event), Projections::later);
      }
    }
    return fresh;
  }

  @Override
  public Map<UUID, StatusEvent> find(Collection<UUID> statusEventIds) {
    Map<UUID, StatusEvent> found = new HashMap<>(events);
    found.keySet().retainAll(statusEventIds);
    return found;
  }

  @Override
  public HistoryReply page(GetHistory question) {
    Optional<Cursor> before = question.cursor().map(Cursor::read).orElse(Optional.of(Cursor.END));
    if (before.isEmpty()) {
      return new HistoryReply.BadCursor(question.cursor().orElseThrow());
    }
    List<StatusEvent> page =
        events.values().stream()
            .filter(event -> event.controlPointId().equals(question.controlPointId()))
            .filter(e -> question.from().filter(e.observedAt()::isBefore).isEmpty())
            .filter(e -> question.to().filter(to -> !e.observedAt().isBefore(to)).isEmpty())
            .filter(event -> Cursor.of(event).compareTo(before.get()) < 0)
            .sorted(Comparator.comparing((StatusEvent event) -> Cursor.of(event)).reversed())
            .limit(question.limit())
            .toList();
    return new HistoryReply.Page(page, Projections.next(page, question.limit()));
  }

  @Override
  public List<StatusProjection> projection(UUID microgridId) {
    return latest.values().stream().filter(p -> p.microgridId().equals(microgridId)).toList();
  }

  @Override
  public void bury(List<DeadLetter> more) {
    letters.addAll(more);
  }

  List<DeadLetter> letters() {
    return letters;
  }

  @Override
  public void told(long position) {
    // nothing outlives the process
  }

  @Override
  public List<Stored> untold(int most) {
    return List.of();
  }

  @Override
  public void close() {
    // nothing is open
  }
}
