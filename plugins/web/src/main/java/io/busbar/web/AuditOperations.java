package io.busbar.web;

import io.busbar.api.Bus;
import io.busbar.api.BusException;
import io.busbar.api.Health.Status;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.audit.AuditEvent;
import io.busbar.api.audit.AuditPage;
import io.busbar.api.audit.GetAudit;
import io.busbar.api.kernel.HealthQuery;
import io.busbar.api.kernel.HealthReport.Component;
import io.busbar.api.kernel.KernelAddresses;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What was changed by whom: the audits of all plugins that store, as one list. */
final class AuditOperations {

  private static final String PLUGIN = "plugin:";

  private final Bus bus;

  AuditOperations(Bus bus, Operations operations) {
    this.bus = bus;
    operations.answers("listAudit", this::list);
  }

  /**
   * A page.
   *
   * @param events newest first
   * @param nextCursor absent on the last page
   */
  record Page(List<AuditEvent> events, Optional<String> nextCursor) {}

  private Future<?> list(Ask ask) {
    int limit = ask.limit();
    GetAudit question =
        new GetAudit(
            ask.queryId("microgrid_id"),
            ask.query("topic"),
            ask.query("actor"),
            ask.query("correlation_id"),
            ask.queryTime("from"),
            ask.queryTime("to"),
            ask.place(),
            limit);
    return bus.ask(KernelAddresses.HEALTH, new HealthQuery())
        .compose(report -> Future.all(pages(report.components(), question)))
        .map(all -> page(all.list(), limit));
  }

  private List<Future<AuditPage>> pages(List<Component> components, GetAudit question) {
    Set<String> down =
        components.stream()
            .filter(component -> component.status() == Status.DOWN)
            .map(AuditOperations::plugin)
            .collect(Collectors.toSet());
    return components.stream()
        .filter(component -> component.name().startsWith(PLUGIN))
        .map(AuditOperations::plugin)
        .distinct()
        .map(plugin -> page(plugin, question, down.contains(plugin)))
        .toList();
  }

  private static String plugin(Component component) {
    return component.name().replaceFirst("^" + PLUGIN, "").replaceFirst("/.*", "");
  }

  /**
   * One plugin's page; empty for a plugin that stores nothing. Any other silence is a failure: a
   * list without some of the changes would look as if they had never been made.
   */
  private Future<AuditPage> page(String plugin, GetAudit question, boolean down) {
    return bus.ask(AuditAddresses.PAGE.at(plugin), question)
        .recover(
            fault ->
                !BusException.isAbsence(fault)
                    ? Future.failedFuture(fault)
                    : down
                        ? Future.failedFuture(unavailable(plugin))
                        : Future.succeededFuture(new AuditPage(List.of())));
  }

  private static ApiError unavailable(String plugin) {
    return new ApiError(503, "UNAVAILABLE", "the audit of " + plugin + " cannot be read now")
        .with("missing_inputs", new JsonArray().add("audit of " + plugin))
        .with("safe_action_taken", "nothing was changed");
  }

  private static Page page(List<AuditPage> pages, int limit) {
    List<AuditEvent> events =
        pages.stream()
            .flatMap(page -> page.events().stream())
            .sorted(Comparator.comparing(AuditEvent::place).reversed())
            .limit(limit)
            .toList();
    boolean more = events.size() == limit;
    return new Page(
        events, more ? Optional.of(Ask.cursor(events.getLast().place())) : Optional.empty());
  }
}
