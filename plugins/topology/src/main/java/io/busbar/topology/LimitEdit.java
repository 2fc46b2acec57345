package io.busbar.topology;

import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.NodeLimit.Status;
import io.busbar.api.topology.NodeLimitReply;
import io.busbar.api.topology.SetNodeLimit;
import io.busbar.api.topology.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Decides about a limit that somebody wants to set. */
final class LimitEdit {

  private final StoredSite site;
  private final SetNodeLimit wanted;
  private final List<Violation> violations = new ArrayList<>();

  private LimitEdit(StoredSite site, SetNodeLimit wanted) {
    this.site = site;
    this.wanted = wanted;
  }

  /**
   * Decides.
   *
   * @param fresh identity of the limit, should it be new
   */
  static Outcome<NodeLimitReply> decide(
      StoredSite site, SetNodeLimit wanted, UUID fresh, Instant now) {
    LimitEdit edit = new LimitEdit(site, wanted);
    Optional<NodeLimit> previous = wanted.nodeLimitId().flatMap(edit::find);
    if (wanted.nodeLimitId().isPresent() && previous.isEmpty()) {
      return Outcome.unchanged(new NodeLimitReply.NotFound(wanted.nodeLimitId().get()));
    }
    edit.check(previous);
    return edit.violations.isEmpty()
        ? edit.apply(previous, fresh, now)
        : Outcome.unchanged(new NodeLimitReply.Invalid(edit.violations));
  }

  private Optional<NodeLimit> find(UUID limitId) {
    return site.tree().limits().stream()
        .filter(limit -> limit.nodeLimitId().equals(limitId))
        .findFirst();
  }

  private void check(Optional<NodeLimit> previous) {
    wanted
        .nodeId()
        .filter(node -> site.node(node).isEmpty())
        .ifPresent(node -> report("UNKNOWN_NODE", "there is no node " + node));
    if (wanted.limitWatts() < 0) {
      report("NEGATIVE_LIMIT", wanted.limitWatts() + " W, expected at least 0");
    }
    wanted
        .limitAmps()
        .filter(amps -> lines(amps).anyMatch(value -> !(value >= 0 && Double.isFinite(value))))
        .ifPresent(amps -> report("NEGATIVE_LIMIT", amps + ", expected at least 0 A each"));
    if (wanted.sourceType() == SourceType.PHYSICAL_DERIVED
        || previous.filter(Baseline::isDerived).isPresent()) {
      report("DERIVED_LIMIT", "a rating follows from the asset and is not set by hand");
    }
    previous
        .filter(limit -> !isOf(limit))
        .ifPresent(
            limit ->
                report("LIMIT_MOVED", "a limit keeps its node and type; expected " + place(limit)));
    if (wanted.status() == Status.ACTIVE) {
      checkActive(previous);
    }
  }

  private static DoubleStream lines(LineAmps amps) {
    return DoubleStream.of(amps.l1(), amps.l2(), amps.l3());
  }

  private boolean isOf(NodeLimit limit) {
    return limit.nodeId().equals(wanted.nodeId())
        && limit.constraintType() == wanted.constraintType();
  }

  private static String place(NodeLimit limit) {
    return limit.constraintType() + limit.nodeId().map(node -> " of " + node).orElse("");
  }

  private void checkActive(Optional<NodeLimit> previous) {
    here()
        .filter(limit -> limit.sourceType() == SourceType.PHYSICAL_DERIVED)
        .filter(rating -> wanted.limitWatts() > rating.limitWatts())
        .forEach(
            rating ->
                report(
                    "LIMIT_ABOVE_RATING",
                    "%d W is above the rating of %d W"
                        .formatted(wanted.limitWatts(), rating.limitWatts())));
    here()
        .filter(limit -> limit.status() == Status.ACTIVE && !Baseline.isDerived(limit))
        .filter(limit -> previous.filter(limit::equals).isEmpty())
        .forEach(
            limit -> report("DUPLICATE_LIMIT", "limit " + limit.nodeLimitId() + " is active here"));
  }

  private Stream<NodeLimit> here() {
    return site.tree().limits().stream().filter(this::isOf);
  }

  private void report(String rule, String message) {
    violations.add(new Violation(rule, wanted.nodeId(), message));
  }

  private Outcome<NodeLimitReply> apply(Optional<NodeLimit> previous, UUID fresh, Instant now) {
    NodeLimit limit =
        limit(
            previous.map(NodeLimit::nodeLimitId).orElse(fresh),
            previous.map(NodeLimit::updatedAt).orElse(now));
    if (previous.filter(limit::equals).isPresent()) {
      return Outcome.unchanged(new NodeLimitReply.Stored(limit, false));
    }
    NodeLimit stored = limit(limit.nodeLimitId(), now);
    List<NodeLimit> set = new ArrayList<>(LimitSet.set(site.tree().limits()));
    set.removeIf(other -> other.nodeLimitId().equals(stored.nodeLimitId()));
    set.add(stored);
    StoredSite next = site.limited(LimitSet.of(site.tree(), site.tree().nodes(), set, now));
    Author author = new Author(wanted.actor(), wanted.correlationId());
    return Outcome.changed(
        new NodeLimitReply.Stored(stored, true), next, Events.limited(next, stored, author, now));
  }

  private NodeLimit limit(UUID id, Instant updatedAt) {
    return new NodeLimit(
        id,
        site.id(),
        wanted.nodeId(),
        wanted.constraintType(),
        wanted.limitWatts(),
        wanted.limitAmps(),
        wanted.sourceType(),
        wanted.status(),
        updatedAt);
  }
}
