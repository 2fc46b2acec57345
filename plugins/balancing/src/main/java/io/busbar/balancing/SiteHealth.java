package io.busbar.balancing;

import io.busbar.api.Health;
import io.busbar.balancing.decide.Decision;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says of a site what it is balanced without; once for as long as it stays so. */
final class SiteHealth {

  private static final int NAMED = 5;

  private final Health health;
  private final String component;
  private String said;

  SiteHealth(Health health, String site) {
    this.health = health;
    this.component = "site " + site;
  }

  /**
   * Reports what a cycle was decided without.
   *
   * @param limits what is wrong with limits from outside; empty when nothing is
   */
  void report(Decision decision, String limits) {
    String message = message(decision, limits);
    if (!message.equals(said)) {
      said = message;
      health.report(
          component, message.isEmpty() ? Health.Status.UP : Health.Status.DEGRADED, message);
    }
  }

  private static String message(Decision decision, String limits) {
    List<String> missing = decision.missingInputs();
    List<String> silent = decision.silentDevices();
    String meters =
        missing.isEmpty()
            ? ""
            : "nothing usable is known of %s: what hangs from there is at its fail-safe value"
                .formatted(names(missing));
    String devices = silent.isEmpty() ? "" : names(silent) + " not answering";
    List<String> failed = decision.failedInputs();
    String values = failed.isEmpty() ? "" : "not believed: " + names(failed);
    return Stream.of(meters, devices, values, limits)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String names(List<String> refs) {
    return refs.size() <= NAMED
        ? String.join(", ", refs)
        : String.join(", ", refs.subList(0, NAMED)) + " and " + (refs.size() - NAMED) + " more";
  }
}
