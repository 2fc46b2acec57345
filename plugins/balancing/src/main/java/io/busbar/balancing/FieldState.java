package io.busbar.balancing;

import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The newest that is known of every node of a site, by index of its tree. */
final class FieldState {

  private final SiteTree tree;
  private final Duration freshness;
  private final Reading[] newest;
  private final Reading[] lastPower;
  private final ChargingSession[] sessions;

  FieldState(SiteTree tree, Duration freshness) {
    this.tree = tree;
    this.freshness = freshness;
    this.newest = new Reading[tree.size()];
    this.lastPower = new Reading[tree.size()];
    this.sessions = new ChargingSession[tree.connectors().size()];
  }

  /** Takes over what still fits, after the tree has changed. */
  void adopt(FieldState before) {
    for (int index = 1; index < before.newest.length; index++) {
      Optional<Integer> now = tree.find(before.tree.node(index).nodeId());
      if (now.isPresent()) {
        newest[now.get()] = before.newest[index];
        lastPower[now.get()] = before.lastPower[index];
      }
    }
    for (ChargingSession session : before.sessions) {
      if (session != null) {
        take(session);
      }
    }
  }

  /** Takes a reading unless a newer one is known; false if the node is unknown or it is older. */
  boolean take(int index, Reading reading) {
    Reading known = newest[index];
    if (known != null && reading.measuredAt().isBefore(known.measuredAt())) {
      return false;
    }
    newest[index] = reading;
    if (reading.powerWatts().isPresent()) {
      lastPower[index] = reading;
    }
    return true;
  }

  /** Takes a session, or its end; false if its connector is unknown. */
  boolean take(ChargingSession session) {
    Optional<SiteTree.Connector> connector = tree.find(session.nodeId()).flatMap(tree::connectorAt);
    if (connector.isEmpty()) {
      return false;
    }
    int index = connector.get().index();
    if (session.unpluggedAt().isEmpty()) {
      sessions[index] = session;
    } else if (sessions[index] != null && sessions[index].sessionId().equals(session.sessionId())) {
      sessions[index] = null;
    }
    return true;
  }

  Optional<ChargingSession> session(int connector) {
    return Optional.ofNullable(sessions[connector]);
  }

  /** The newest reading, of whatever age. */
  Optional<Reading> newest(int node) {
    return Optional.ofNullable(newest[node]);
  }

  /** The newest reading that said a power, of whatever age. */
  Optional<Reading> lastPower(int node) {
    return Optional.ofNullable(lastPower[node]);
  }

  /** The newest reading, if it is fresh. */
  Reading freshOrNull(int node, Instant now) {
    Reading reading = newest[node];
    return reading != null && isFresh(reading, now) ? reading : null;
  }

  /** The power of a node if it is measured and fresh; null when it is not. */
  Integer powerOrNull(int node, Instant now) {
    Reading reading = lastPower[node];
    return reading != null && isFresh(reading, now)
        ? (Integer) reading.powerWatts().getAsInt()
        : null;
  }

  private boolean isFresh(Reading reading, Instant now) {
    return !reading.measuredAt().plus(freshness).isBefore(now);
  }

  List<Reading> readings() {
    return java.util.Arrays.stream(newest).filter(java.util.Objects::nonNull).toList();
  }

  List<ChargingSession> sessions() {
    return java.util.Arrays.stream(sessions).filter(java.util.Objects::nonNull).toList();
  }
}
