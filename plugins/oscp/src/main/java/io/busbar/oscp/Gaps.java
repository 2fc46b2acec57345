package io.busbar.oscp;

import io.busbar.api.Health;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells operators when no forecast covers the present any more; what counts then is a rule. */
final class Gaps {

  private final Link link;

  private final Sources sources;

  Gaps(Link link, Sources sources) {
    this.link = link;
    this.sources = sources;
    link.listen((before, after) -> link.config().groups().forEach(this::watch));
  }

  void open() {
    link.config().groups().forEach(this::watch);
  }

  /** Waits for the next gap of a group. */
  void watch(GroupBinding group) {
    String alarm = "gap " + group.groupId();
    link.alarms().clear(alarm);
    Series series = link.series(group.groupId(), ForecastType.CONSUMPTION);
    if (link.stage() != ConnectionStage.ONLINE || series.blocks().isEmpty()) {
      return;
    }
    Instant now = link.now();
    Optional<Instant> end = series.coveredUntil(now);
    hold(group, series, end.isPresent());
    if (end.isPresent()) {
      report(group, Health.Status.UP, "");
      link.alarms().set(alarm, Duration.between(now, end.get()), () -> begun(group));
    } else {
      series.boundaries(now).stream()
          .filter(at -> at.isAfter(now))
          .findFirst()
          .ifPresent(
              next -> link.alarms().set(alarm, Duration.between(now, next), () -> watch(group)));
    }
  }

  /** The last value is held for so long after its end, and not longer. */
  private void hold(GroupBinding group, Series series, boolean covered) {
    String alarm = "hold " + group.groupId();
    link.alarms().clear(alarm);
    if (link.profile().forecasts().gap() != Profile.Gap.HOLD) {
      return;
    }
    Instant now = link.now();
    Optional<Instant> over =
        series.blocks().stream()
            .map(Block::to)
            .filter(end -> !end.isAfter(now))
            .max(Instant::compareTo)
            .map(end -> end.plus(link.profile().forecasts().hold()));
    if (covered || over.isEmpty()) {
      sources.hold(group, true);
    } else {
      sources.hold(group, over.get().isAfter(now));
      Duration left = Duration.between(now, over.get());
      if (left.isPositive()) {
        link.alarms().set(alarm, left, () -> sources.hold(group, false));
      }
    }
  }

  private void begun(GroupBinding group) {
    boolean covered =
        link.series(group.groupId(), ForecastType.CONSUMPTION).coveredUntil(link.now()).isPresent();
    if (!covered) {
      String message =
          "no forecast covers group %s; its gap rule counts: %s"
              .formatted(group.groupId(), link.profile().forecasts().gap());
      link.tell("FORECAST_GAP", message);
      report(group, Health.Status.DEGRADED, message);
    }
    watch(group);
  }

  private void report(GroupBinding group, Health.Status status, String message) {
    link.services()
        .context()
        .health()
        .report("forecast " + link.id() + "/" + group.groupId(), status, message);
  }
}
