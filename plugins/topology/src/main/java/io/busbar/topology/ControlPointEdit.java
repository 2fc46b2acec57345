package io.busbar.topology;

import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.api.topology.ControlPoint.State;
import io.busbar.api.topology.ControlPointReply;
import io.busbar.api.topology.SaveControlPoint;
import io.busbar.api.topology.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Decides about a control point that somebody wants to create or change. */
final class ControlPointEdit {

  private final StoredSite site;
  private final SaveControlPoint wanted;
  private final List<Violation> violations = new ArrayList<>();

  private ControlPointEdit(StoredSite site, SaveControlPoint wanted) {
    this.site = site;
    this.wanted = wanted;
  }

  /**
   * Decides.
   *
   * @param fresh identity of the control point, should it be new
   */
  static Outcome<ControlPointReply> decide(
      StoredSite site, SaveControlPoint wanted, UUID fresh, Instant now) {
    ControlPointEdit edit = new ControlPointEdit(site, wanted);
    Optional<ControlPoint> previous =
        site.controlPoints().stream()
            .filter(
                point -> wanted.controlPointId().filter(point.controlPointId()::equals).isPresent())
            .findFirst();
    if (wanted.controlPointId().isPresent() && previous.isEmpty()) {
      return Outcome.unchanged(new ControlPointReply.NotFound(wanted.controlPointId().get()));
    }
    ControlPoint point = edit.point(previous.map(ControlPoint::controlPointId).orElse(fresh));
    edit.check(point);
    if (!edit.violations.isEmpty()) {
      return Outcome.unchanged(new ControlPointReply.Invalid(edit.violations));
    }
    return previous.filter(point::equals).isPresent()
        ? Outcome.unchanged(new ControlPointReply.Saved(point, false))
        : edit.apply(point, now);
  }

  private ControlPoint point(UUID id) {
    return new ControlPoint(
        id,
        site.id(),
        wanted.nodeId(),
        wanted.capabilityType(),
        wanted.state(),
        wanted.controlSource(),
        wanted.description(),
        wanted.localConfig(),
        wanted.externalConfigType(),
        wanted.externalConfigRef(),
        wanted.scheduleRef());
  }

  private void check(ControlPoint point) {
    point
        .nodeId()
        .filter(node -> site.node(node).isEmpty())
        .ifPresent(node -> report("UNKNOWN_NODE", "there is no node " + node));
    if (point.controlSource() == ControlSource.LOCAL) {
      checkLocal(point);
    } else {
      checkExternal(point);
    }
    if (point.state() == State.enabled) {
      site.controlPoints().stream()
          .filter(other -> !other.controlPointId().equals(point.controlPointId()))
          .filter(other -> other.state() == State.enabled)
          .filter(other -> other.nodeId().equals(point.nodeId()))
          .filter(other -> other.capabilityType() == point.capabilityType())
          .forEach(
              other ->
                  report(
                      "DUPLICATE_CONTROL_POINT",
                      "control point %s is enabled for %s here"
                          .formatted(other.controlPointId(), other.capabilityType())));
    }
  }

  private void checkLocal(ControlPoint point) {
    if (point.externalConfigType().isPresent() || point.externalConfigRef().isPresent()) {
      report("CONTROL_SOURCE_MISMATCH", "a LOCAL one has no external configuration");
    }
  }

  private void checkExternal(ControlPoint point) {
    if (point.scheduleRef().isPresent()) {
      report("SCHEDULE_NOT_LOCAL", "only a LOCAL one has a schedule_ref");
    }
    if (point.localConfig().isPresent()) {
      report("CONTROL_SOURCE_MISMATCH", "an EXTERNAL one has no local_config");
    }
    if (point.externalConfigType().isEmpty()) {
      report("CONTROL_SOURCE_MISMATCH", "an EXTERNAL one needs an external_config_type");
    }
  }

  private void report(String rule, String message) {
    violations.add(new Violation(rule, wanted.nodeId(), message));
  }

  private Outcome<ControlPointReply> apply(ControlPoint point, Instant now) {
    List<ControlPoint> points = new ArrayList<>(site.controlPoints());
    points.removeIf(other -> other.controlPointId().equals(point.controlPointId()));
    points.add(point);
    points.sort(Comparator.comparing(ControlPoint::controlPointId));
    StoredSite next = site.controlled(points);
    Author author = new Author(wanted.actor(), wanted.correlationId());
    return Outcome.changed(
        new ControlPointReply.Saved(point, true),
        next,
        Events.controlled(next, point, author, now));
  }
}
