package io.busbar.kernel.health;

import io.busbar.api.Health;
import io.busbar.api.Health.Status;
import io.busbar.api.kernel.HealthReport;
import io.busbar.api.kernel.HealthReport.Component;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every part said of itself last. Changes are logged, repetitions are not. */
public final class HealthBoard {

  private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);

  private final Map<String, Component> components = new ConcurrentSkipListMap<>();
  private final Set<String> extras = ConcurrentHashMap.newKeySet();
  private final Clock clock;
  private final Instant startedAt;
  private final String version;
  private volatile boolean ready;

  public HealthBoard(Clock clock, String version) {
    this.clock = clock;
    this.startedAt = clock.instant();
    this.version = version;
  }

  /** Replaces what was said of a component. */
  public void report(String name, Status status, String message) {
    Component before = components.get(name);
    if (before != null && before.status() == status && before.message().equals(message)) {
      return;
    }
    Instant since = before != null && before.status() == status ? before.since() : clock.instant();
    components.put(name, new Component(name, status, message, since));
    if (status == Status.STARTING) {
      LOG.debug("{} is starting: {}", name, message);
    } else if (status != Status.UP) {
      LOG.warn("{} is {}: {}", name, status, message);
    } else if (before != null && before.status().compareTo(Status.STARTING) > 0) {
      LOG.info("{} is UP again", name);
    }
  }

  /** Says that a component and its parts are extra: without them the whole is DEGRADED at worst. */
  public void extra(String name) {
    extras.add(name);
  }

  /** Forgets a component and its parts. */
  public void forget(String name) {
    components.keySet().removeIf(key -> key.equals(name) || key.startsWith(name + "/"));
  }

  /** A view that prefixes what a plugin says with the plugin's name. */
  public Health of(String owner) {
    return (component, status, message) -> report(owner + "/" + component, status, message);
  }

  public void ready(boolean now) {
    ready = now;
  }

  public HealthReport report() {
    Status worst =
        components.values().stream().map(this::weight).max(Enum::compareTo).orElse(Status.UP);
    return new HealthReport(
        worst, isReady(), version, startedAt, components.values().stream().toList());
  }

  private boolean isReady() {
    return ready
        && components.values().stream()
            .noneMatch(part -> part.status() == Status.STARTING && !isExtra(part));
  }

  private Status weight(Component component) {
    return isExtra(component) && component.status() == Status.DOWN
        ? Status.DEGRADED
        : component.status();
  }

  private boolean isExtra(Component component) {
    return extras.contains(component.name().replaceFirst("/.*", ""));
  }
}
