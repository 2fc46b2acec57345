package io.busbar.compat;

import io.busbar.api.PluginContext;
import io.busbar.api.compatibility.CircuitAliasApplied;
import io.busbar.api.compatibility.CompatibilityAddresses;
import io.busbar.api.compatibility.TranslationFailed;
import io.busbar.compat.CompatStore.Happening;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of what was translated and what could not be: told once per request. */
final class Translations {

  private static final Logger LOG = LoggerFactory.getLogger(Translations.class);

  /** An older contract in use. */
  enum Path {
    REBALANCE_LOAD("rebalance_load"),
    TOU_LIMITS("tou_limits"),
    REBALANCE_REQUESTED("load_balancer.rebalance_requested"),
    PERIODIC("ScheduledEventRebalancePeriodic");

    private final String text;

    Path(String text) {
      this.text = text;
    }
  }

  /** Who asked for what, and how. */
  record Asked(UUID circuitId, Path path, String actor, String correlationId) {}

  private final PluginContext context;
  private final CompatStore store;

  Translations(PluginContext context, CompatStore store) {
    this.context = context;
    this.store = store;
  }

  /** A circuit stood for a node. */
  void applied(Asked asked, Aliases.Alias alias) {
    UUID eventId = id("applied", asked);
    Instant now = context.clock().instant();
    CircuitAliasApplied event =
        new CircuitAliasApplied(
            eventId,
            now,
            asked.actor(),
            asked.correlationId(),
            asked.circuitId(),
            alias.microgridId(),
            alias.nodeId(),
            asked.path().text);
    tell(
        new Happening<>(
            CompatibilityAddresses.ALIAS_APPLIED.at(alias.microgridId()),
            event,
            eventId,
            now,
            asked.actor(),
            asked.correlationId()));
  }

  /** Something could not be translated. */
  void failed(Asked asked, String reasonCode, String message) {
    UUID eventId = id("failed " + reasonCode, asked);
    Instant now = context.clock().instant();
    TranslationFailed event =
        new TranslationFailed(
            eventId,
            now,
            asked.actor(),
            asked.correlationId(),
            asked.circuitId(),
            asked.path().text,
            reasonCode,
            message);
    tell(
        new Happening<>(
            CompatibilityAddresses.TRANSLATION_FAILED,
            event,
            eventId,
            now,
            asked.actor(),
            asked.correlationId()));
  }

  /** A record that cannot be kept now does not stop what it is about. */
  private void tell(Happening<?> happening) {
    try {
      store.tell(happening);
    } catch (RuntimeException e) {
      LOG.error("not recorded: {}: {}", happening.event(), e.getMessage());
    }
  }

  private static UUID id(String what, Asked asked) {
    String text =
        what + "\n" + asked.path() + "\n" + asked.circuitId() + "\n" + asked.correlationId();
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
