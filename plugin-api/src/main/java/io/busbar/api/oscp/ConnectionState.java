package io.busbar.api.oscp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * How a connection is.
 *
 * @param connectionId identity, from the settings
 * @param name for people
 * @param profile the rules it follows
 * @param stage where it stands
 * @param since when that began
 * @param peerOfflineAt when the partner is offline unless it is heard before; absent when it never
 *     said
 * @param ownOfflineAt when the partner takes us to be offline unless we are heard before
 * @param heartbeatSeconds how often the partner wants to hear us; absent when it does not
 * @param problem what is wrong now; absent when nothing is
 * @param messagesSent messages delivered since the start that were kept until then
 * @param messagesWaiting messages kept to be delivered
 * @param oldestWaiting since when the oldest of them waits
 * @param groups what it steers
 */
public record ConnectionState(
    String connectionId,
    String name,
    String profile,
    ConnectionStage stage,
    Instant since,
    Optional<Instant> peerOfflineAt,
    Optional<Instant> ownOfflineAt,
    Optional<Double> heartbeatSeconds,
    Optional<String> problem,
    long messagesSent,
    int messagesWaiting,
    Optional<Instant> oldestWaiting,
    List<Group> groups) {

  public ConnectionState {
    groups = List.copyOf(groups);
  }

  /**
   * A part of a site that the partner steers as one.
   *
   * @param groupId the partner's name for it
   * @param microgridId the microgrid
   * @param nodeId the node that forecasts bound
   * @param controlPointId the source that its envelopes come from; absent until it is found
   * @param limitWatts most import that the forecast allows now; absent when it says nothing
   * @param limitUntil when that changes or ends
   * @param fallbackWatts most import while offline; absent when nothing was sent
   * @param powerWatts what it draws now; absent when nobody measured
   * @param measuredTo end of the last window that was measured and kept for delivery
   * @param windows the last windows, oldest first
   */
  public record Group(
      String groupId,
      UUID microgridId,
      UUID nodeId,
      Optional<UUID> controlPointId,
      OptionalInt limitWatts,
      Optional<Instant> limitUntil,
      OptionalInt fallbackWatts,
      OptionalInt powerWatts,
      Optional<Instant> measuredTo,
      List<Window> windows) {
    public Group {
      windows = List.copyOf(windows);
    }
  }

  /**
   * Use against forecast in one window.
   *
   * @param from begin
   * @param importWattHours energy taken
   * @param limitWatts the smallest limit of the window; absent when there was none
   */
  public record Window(Instant from, long importWattHours, OptionalInt limitWatts) {}
}
