package io.busbar.balancing.state;

import io.busbar.api.Bus;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.SessionChanged;
import io.busbar.api.balancing.SettingsChanged;
import io.busbar.store.Cause;
import io.busbar.store.Transaction;

/** Tells of what was kept. */
final class Telling {

  private Telling() {}

  static void tell(Bus bus, Change change) {
    switch (change) {
      case Change.OfSession(var session, SessionChanged event) ->
          bus.tell(BalancingAddresses.SESSION_CHANGED.at(event.microgridId()), event);
      case Change.OfSettings(SettingsChanged event) ->
          bus.tell(BalancingAddresses.SETTINGS_CHANGED.at(event.microgridId()), event);
    }
  }

  /** Through the audit and the outbox, after the commit. */
  static void tell(Transaction transaction, Change change, String source) {
    switch (change) {
      case Change.OfSession(var session, SessionChanged event) ->
          transaction.tell(
              BalancingAddresses.SESSION_CHANGED.at(event.microgridId()),
              event,
              new Cause(
                  event.eventId(),
                  event.occurredAt(),
                  event.actor(),
                  source,
                  event.correlationId()));
      case Change.OfSettings(SettingsChanged event) ->
          transaction.tell(
              BalancingAddresses.SETTINGS_CHANGED.at(event.microgridId()),
              event,
              new Cause(
                  event.eventId(),
                  event.occurredAt(),
                  event.actor(),
                  source,
                  event.correlationId()));
    }
  }
}
