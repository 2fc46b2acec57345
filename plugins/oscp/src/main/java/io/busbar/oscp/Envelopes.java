package io.busbar.oscp;

import io.busbar.api.Bus;
import io.busbar.api.Health;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Says to the rest of Busbar what the forecasts of one connection bound, in words that know no
 * protocol.
 */
final class Envelopes {

  private static final Duration AGAIN = Duration.ofSeconds(2);
  private final Link link;
  private final ControlPoints points;
  private final Limits limits;
  private final Bus bus;
  private BiConsumer<GroupBinding, String> rejected = (group, why) -> {};

  Envelopes(Link link, ControlPoints points) {
    this.link = link;
    this.points = points;
    this.limits = new Limits(link.profile().forecasts().volts());
    this.bus = link.services().context().bus();
    link.listen((before, after) -> entered(after));
  }

  /** Hears of limits that cannot be taken. */
  void onRejected(BiConsumer<GroupBinding, String> listener) {
    rejected = listener;
  }

  Limits limits() {
    return limits;
  }

  void open() {
    entered(link.stage());
  }

  private void entered(ConnectionStage stage) {
    if (stage == ConnectionStage.ONLINE) {
      link.config().groups().forEach(this::project);
    }
  }

  private String actor() {
    return "partner:" + link.id();
  }

  /** Submits everything that a group's forecasts bound from now on. */
  void project(GroupBinding group) {
    if (link.stage() != ConnectionStage.ONLINE) {
      return;
    }
    Optional<UUID> point = points.of(link.config(), group);
    if (point.isEmpty()) {
      later("project " + group.groupId(), () -> project(group));
      return;
    }
    Instant now = link.now();
    List<Future<SubmitReply>> submitted = new ArrayList<>();
    for (Bound bound : Bound.values()) {
      submission(group, point.get(), bound, now)
          .ifPresent(
              envelope ->
                  submitted.add(
                      bus.ask(EnvelopeAddresses.SUBMIT.at(group.microgridId()), envelope)));
    }
    Future.join(submitted)
        .onComplete(
            all -> link.lane().post(() -> taken(group, submitted)),
            fault ->
                link.lane()
                    .post(
                        () -> {
                          trouble(group, fault.getMessage());
                          later("project " + group.groupId(), () -> project(group));
                        }));
  }

  private void taken(GroupBinding group, List<Future<SubmitReply>> submitted) {
    healthy(group);
    for (Future<SubmitReply> reply : submitted) {
      if (reply.result() instanceof SubmitReply.Rejected refused) {
        trouble(group, refused.reasonCode() + ": " + refused.message());
        rejected.accept(group, refused.message());
      }
    }
  }

  /** What a type of forecast bounds, and how it counts. */
  private enum Bound {
    IMPORT(ForecastType.CONSUMPTION, ConstraintType.CONSUMPTION_CAP),
    EXPORT(ForecastType.GENERATION, ConstraintType.GENERATION_CAP),
    FALLBACK_IMPORT(ForecastType.FALLBACK_CONSUMPTION, ConstraintType.CONSUMPTION_CAP),
    FALLBACK_EXPORT(ForecastType.FALLBACK_GENERATION, ConstraintType.GENERATION_CAP);

    private final ForecastType type;
    private final ConstraintType constraint;

    Bound(ForecastType type, ConstraintType constraint) {
      this.type = type;
      this.constraint = constraint;
    }

    OperatingEnvelope.Type counts() {
      return type.isFallback() ? OperatingEnvelope.Type.FALLBACK : OperatingEnvelope.Type.FORECAST;
    }
  }

  /** The window reaches to the latest end that ever was, so that nothing older is left behind. */
  private Optional<SubmitEnvelope> submission(
      GroupBinding group, UUID point, Bound bound, Instant now) {
    Series series = link.series(group.groupId(), bound.type);
    Series optimum = optimum(group, bound);
    List<EnvelopeBlock> blocks = limits.blocks(series, optimum, now);
    Optional<Instant> end = series.coveredTo().filter(to -> to.isAfter(now));
    if (blocks.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SubmitEnvelope(
            group.microgridId(),
            group.nodeId(),
            Optional.of(point),
            bound.counts(),
            bound.constraint,
            now,
            end,
            false,
            "limits of %s: %s"
                .formatted(link.id(), bound.name().toLowerCase(java.util.Locale.ROOT)),
            blocks,
            actor(),
            series.blocks().getLast().origin()));
  }

  /** A wish has no direction: it is about import, unless only export is bounded. */
  private Series optimum(GroupBinding group, Bound bound) {
    boolean imports = !link.series(group.groupId(), ForecastType.CONSUMPTION).blocks().isEmpty();
    boolean about = bound == (imports ? Bound.IMPORT : Bound.EXPORT);
    return about ? link.series(group.groupId(), ForecastType.OPTIMUM) : Series.EMPTY;
  }

  private void later(String name, Runnable task) {
    link.alarms().set(name, AGAIN, task);
  }

  private void trouble(GroupBinding group, String message) {
    health(
        group,
        Health.Status.DEGRADED,
        "limits of group %s are not in force: %s".formatted(group.groupId(), message));
  }

  private void healthy(GroupBinding group) {
    health(group, Health.Status.UP, "");
  }

  private void health(GroupBinding group, Health.Status status, String message) {
    link.services()
        .context()
        .health()
        .report("limits " + link.id() + "/" + group.groupId(), status, message);
  }
}
