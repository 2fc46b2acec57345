package io.busbar.api.audit;

import java.util.List;

/**
 * A page of the audit.
 *
 * @param events newest first; fewer than asked for only when there are no older ones
 */
public record AuditPage(List<AuditEvent> events) {
  public AuditPage {
    events = List.copyOf(events);
  }
}
