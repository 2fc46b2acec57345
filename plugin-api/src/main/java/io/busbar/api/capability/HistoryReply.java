package io.busbar.api.capability;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reply to {@link GetHistory}. */
public sealed interface HistoryReply {

  /** Events by time of observation, newest first; {@code nextCursor} is absent on the last page. */
  record Page(List<StatusEvent> events, Optional<String> nextCursor) implements HistoryReply {
    public Page {
      events = List.copyOf(events);
    }
  }

  /** The microgrid has no such control point. */
  record NotFound(UUID controlPointId) implements HistoryReply {}

  /** The cursor is none that a page came with. */
  record BadCursor(String cursor) implements HistoryReply {}
}
