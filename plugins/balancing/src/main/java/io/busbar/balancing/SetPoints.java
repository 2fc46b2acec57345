package io.busbar.balancing;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.Registration;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.balancing.apply.Ledger;
import io.busbar.balancing.apply.Order;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a site's ledger gives and tells it what came of each. Never waits: what a confirmation
 * makes room for is sent when it arrives.
 */
final class SetPoints {

  private static final Logger LOG = LoggerFactory.getLogger(SetPoints.class);

  private final PluginContext context;
  private final Bus bus;
  private final Clock clock;
  private final Site site;
  private final Runnable onTurn;
  private final SiteMeters.One meters;

  /**
   * What the next set-point says; a little later with each, also when the clock was set back. So
   * drivers know which of two is the newer one, and drop one that comes late.
   */
  private Instant decidedAt = Instant.EPOCH;

  private String cycle = "";
  private boolean sending;
  private Registration wake = () -> {};

  /**
   * @param onTurn told when a device refused or did not answer, or takes set-points again
   */
  SetPoints(PluginContext context, Clock clock, Site site, SiteMeters.One meters, Runnable onTurn) {
    this.context = context;
    this.bus = context.bus();
    this.clock = clock;
    this.site = site;
    this.meters = meters;
    this.onTurn = onTurn;
  }

  /** A cycle was decided: what is sent from now on is in its name. */
  void begin(Cycle decided) {
    decidedAt = later(decidedAt, decided.result().startedAt());
    cycle = decided.result().cycleId().toString();
    send();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** Sends all that may go out now. */
  void send() {
    if (sending) {
      return;
    }
    sending = true;
    try {
      Instant now = clock.instant();
      Optional<Order> order = site.ledger().next(now);
      while (order.isPresent()) {
        send(order.get());
        order = site.ledger().next(now);
      }
    } finally {
      sending = false;
    }
    wakeWhenSettled();
  }

  private void send(Order order) {
    ConnectorState connector = site.connector(order.connector());
    UUID nodeId = connector.rating().nodeId();
    meters.sent.add(1);
    SetPoint setPoint =
        new SetPoint(site.tree().microgridId(), nodeId, order.watts(), decidedAt, cycle);
    decidedAt = decidedAt.plusNanos(1);
    bus.ask(connector.address(), setPoint)
        .onComplete(reply -> booked(nodeId, reply), fault -> lost(nodeId, fault));
  }

  /** The tree may have changed meanwhile: the connector is looked up by its id. */
  private void booked(UUID nodeId, SetPointReply reply) {
    int connector = connector(nodeId);
    if (connector < 0) {
      return;
    }
    Ledger ledger = site.ledger();
    switch (reply) {
      case SetPointReply.Confirmed confirmed -> {
        boolean wasDeaf = ledger.book(connector).isDeaf();
        ledger.confirmed(connector, confirmed.limitWatts(), clock.instant());
        if (wasDeaf) {
          onTurn.run();
        }
      }
      case SetPointReply.Refused refusal -> {
        LOG.debug("{}: {}: {}", nodeId, refusal.reasonCode(), refusal.message());
        meters.refused.add(1);
        ledger.refused(connector, clock.instant());
        onTurn.run();
      }
    }
    send();
  }

  private void lost(UUID nodeId, Throwable fault) {
    int connector = connector(nodeId);
    if (connector >= 0) {
      LOG.debug("{}: {}", nodeId, fault.getMessage());
      meters.lost.add(1);
      site.ledger().lost(connector, clock.instant());
      onTurn.run();
      send();
    }
  }

  private int connector(UUID nodeId) {
    int node = site.tree().number(nodeId).orElse(-1);
    return node < 0 ? -1 : site.tree().connectorAt(node);
  }

  /** Raises that wait for vehicles to follow a decrease go out as soon as these have. */
  private void wakeWhenSettled() {
    wake.close();
    site.ledger()
        .wakeAt()
        .ifPresent(
            at -> {
              Duration delay = Duration.between(clock.instant(), at);
              wake = context.scheduler().after(delay, this::settled);
            });
  }

  private void settled() {
    site.ledger().settle(clock.instant());
    send();
  }
}
