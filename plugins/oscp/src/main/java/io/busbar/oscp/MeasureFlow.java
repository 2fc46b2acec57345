package io.busbar.oscp;

import io.busbar.api.Health;
import io.busbar.api.oscp.ConnectionState;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import io.busbar.oscp.MeasurementBodies.Ends;
import io.busbar.oscp.Profile.Carrier;
import io.busbar.oscp.Profile.Metering;
import io.busbar.oscp.Profile.Silent;
import io.busbar.oscp.Windows.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Makes a message of every window that has ended, once, in order, and keeps it for delivery. */
final class MeasureFlow {

  private static final String ALARM = "window";
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);
  private static final int SHOWN = 96;

  private final Link link;
  private final Meters meters;
  private final Limits limits;
  private final Dispatcher dispatcher;
  private final Metering metering;
  private final Map<String, List<ConnectionState.Window>> shown = new ConcurrentHashMap<>();

  MeasureFlow(Link link, Meters meters, Limits limits, Dispatcher dispatcher) {
    this.link = link;
    this.meters = meters;
    this.limits = limits;
    this.dispatcher = dispatcher;
    this.metering = link.profile().metering();
    link.listen(
        (before, after) -> {
          begin();
          arm();
        });
  }

  void open() {
    arm();
  }

  List<ConnectionState.Window> shown(String groupId) {
    return shown.getOrDefault(groupId, List.of());
  }

  private boolean isMeasured() {
    boolean agreed =
        switch (link.stage()) {
          case ONLINE, OFFLINE -> true;
          case HANDSHAKING -> link.state().isAgreed();
          case NEW, REGISTERING, REGISTERED, FAILED, DEREGISTERED -> false;
        };
    return agreed && metering.message() != Carrier.NONE;
  }

  /** The first window is the one in which both sides agreed. */
  private void begin() {
    LinkState.Progress progress = link.state().progress();
    if (!isMeasured()) {
      return;
    }
    for (GroupBinding group : link.config().groups()) {
      if (!progress.measuredTo().containsKey(group.groupId())) {
        Instant from = Windows.boundary(link.now(), metering.period());
        progress = progress.measured(group.groupId(), from);
      }
    }
    link.commit(link.state().with(progress));
  }

  /** Wakes at least every minute, because clocks are set. */
  private void arm() {
    if (!isMeasured()) {
      link.alarms().clear(ALARM);
      return;
    }
    Instant now = link.now();
    Instant due =
        Windows.nextBoundary(now.minus(metering.grace()), metering.period()).plus(metering.grace());
    Duration sleep = Duration.between(now, due);
    link.alarms()
        .set(ALARM, sleep.compareTo(LONGEST_SLEEP) < 0 ? sleep : LONGEST_SLEEP, this::work);
  }

  private void work() {
    arm();
    if (isMeasured()) {
      for (GroupBinding group : link.config().groups()) {
        measure(group);
      }
      oldest(link.state().progress()).ifPresent(meters::forget);
    }
  }

  /** No group asks for boundaries before. */
  private Optional<Instant> oldest(LinkState.Progress progress) {
    return link.config().groups().stream()
        .map(group -> progress.measuredTo().get(group.groupId()))
        .filter(Objects::nonNull)
        .min(Instant::compareTo);
  }

  private void measure(GroupBinding group) {
    Instant ended = link.now().minus(metering.grace());
    Instant cursor =
        link.state()
            .progress()
            .measuredTo()
            .getOrDefault(group.groupId(), Windows.boundary(ended, metering.period()));
    Instant oldest = Windows.boundary(ended.minus(metering.backlog()), metering.period());
    if (cursor.isBefore(oldest)) {
      link.tell("WINDOWS_DROPPED", "%s: windows before %s".formatted(group.groupId(), oldest));
      cursor = oldest;
    }
    for (Window window : Windows.complete(cursor, ended, metering.period())) {
      keep(group, window);
    }
  }

  private void keep(GroupBinding group, Window window) {
    Optional<Ends> ends = meters.ends(group, window);
    LinkState.Progress progress = link.state().progress().measured(group.groupId(), window.to());
    Instant needed = oldest(progress).orElse(window.to());
    List<Change> changes = new ArrayList<>(meters.changes(group, needed));
    Optional<Outgoing> message = ends.or(this::silent).map(known -> message(group, window, known));
    message.ifPresent(kept -> changes.add(new Change.Keep(kept)));
    if (ends.isEmpty()) {
      changes.add(
          link.told(
              "METERS_SILENT",
              "no meter of group %s was heard from %s to %s"
                  .formatted(group.groupId(), window.from(), window.to())));
    }
    link.commit(link.state().with(progress), changes);
    health(group, ends.isPresent());
    ends.ifPresent(known -> show(group, window, known));
    message.ifPresent(dispatcher::add);
  }

  private void health(GroupBinding group, boolean heard) {
    link.services()
        .context()
        .health()
        .report(
            "meters " + link.id() + "/" + group.groupId(),
            heard ? Health.Status.UP : Health.Status.DEGRADED,
            heard ? "" : "no meter of the group was heard in the last window");
  }

  private Optional<Ends> silent() {
    return metering.silent() == Silent.ZERO ? Optional.of(Ends.ZERO) : Optional.empty();
  }

  private Outgoing message(GroupBinding group, Window window, Ends ends) {
    MeasurementBodies bodies =
        new MeasurementBodies(metering, link.state().wishes().measurements());
    boolean asset = metering.message() == Carrier.ASSET;
    return new Outgoing(
        link.id(),
        Outgoing.Queue.MEASUREMENTS,
        asset ? Action.ASSET_MEASUREMENTS : Action.GROUP_MEASUREMENTS,
        requestId(group, window),
        Optional.empty(),
        asset
            ? bodies.asset(group.groupId(), group.assetId(), window, ends)
            : bodies.group(group.groupId(), window, ends),
        "window of %s from %s".formatted(group.groupId(), Times.write(window.from())),
        link.now());
  }

  /** The same each time a window is made, in case it was stored and nobody knows. */
  private String requestId(GroupBinding group, Window window) {
    String place = String.join("\n", link.id(), group.groupId(), window.to().toString());
    return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private void show(GroupBinding group, Window window, Ends ends) {
    Series series = link.series(group.groupId(), ForecastType.CONSUMPTION);
    OptionalInt limit =
        series.boundaries(window.from()).stream()
            .filter(at -> at.isBefore(window.to()))
            .map(at -> limits.at(series, at))
            .filter(OptionalInt::isPresent)
            .mapToInt(OptionalInt::getAsInt)
            .min();
    List<ConnectionState.Window> next =
        Stream.concat(
                shown(group.groupId()).stream(),
                Stream.of(new ConnectionState.Window(window.from(), ends.imported(), limit)))
            .toList();
    shown.put(
        group.groupId(), List.copyOf(next.subList(Math.max(0, next.size() - SHOWN), next.size())));
  }
}
