package io.busbar.oscp;

import io.busbar.api.TemporarilyUnavailable;
import io.busbar.api.oscp.ConnectionEvent;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscp.LinkState.Credentials;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: what its flows share. Changed in its lane only; read from anywhere. */
final class Link {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final String ITSELF = "oscp";

  private final ConnectionConfig config;
  private final Services services;
  private final Lane lane;
  private final Alarms alarms;
  private final Journal journal = new Journal();
  private final Map<String, Series> series = new ConcurrentHashMap<>();
  private final List<BiConsumer<ConnectionStage, ConnectionStage>> listeners = new ArrayList<>();
  private final List<Function<ConnectionStage, List<Change>>> beside = new ArrayList<>();
  private volatile LinkState state;

  Link(ConnectionConfig config, Services services, Lane lane) {
    this.config = config;
    this.services = services;
    this.lane = lane;
    this.alarms = new Alarms(services.context().scheduler(), lane);
    this.state = initial();
  }

  /** Partners without register messages are registered by their settings. */
  private LinkState initial() {
    Credentials credentials =
        new Credentials(config.partnerUrl(), Optional.empty(), Optional.empty());
    ConnectionStage stage =
        config.profile().registration() ? ConnectionStage.NEW : ConnectionStage.REGISTERED;
    return LinkState.begin(stage, credentials, services.now());
  }

  void load(Optional<LinkState> stored) {
    stored.ifPresent(known -> state = known);
    renewKeys();
  }

  /** Takes what is stored, where nobody knew whether it was. */
  void reload(LinkState stored) {
    ConnectionStage before = stage();
    state = stored;
    renewKeys();
    if (stored.stage() != before) {
      moved(before, stored.stage());
    }
  }

  void load(Change.PutSeries stored) {
    series.put(key(stored.groupId(), stored.type()), stored.series());
  }

  String id() {
    return config.id();
  }

  ConnectionConfig config() {
    return config;
  }

  Profile profile() {
    return config.profile();
  }

  Services services() {
    return services;
  }

  Lane lane() {
    return lane;
  }

  Alarms alarms() {
    return alarms;
  }

  Journal journal() {
    return journal;
  }

  LinkState state() {
    return state;
  }

  ConnectionStage stage() {
    return state.stage();
  }

  Instant now() {
    return services.now();
  }

  Series series(String groupId, ForecastType type) {
    return series.getOrDefault(key(groupId, type), Series.EMPTY);
  }

  private static String key(String groupId, ForecastType type) {
    return type + "/" + groupId;
  }

  /** Hears of every change of the stage, with the one before and the one after. */
  void listen(BiConsumer<ConnectionStage, ConnectionStage> listener) {
    listeners.add(listener);
  }

  /** What a change of the stage changes as well is stored with it. */
  void beside(Function<ConnectionStage, List<Change>> changes) {
    beside.add(changes);
  }

  /** Stores, and only then changes what is known. */
  void commit(LinkState next, List<Change> changes) {
    LinkState before = state;
    List<Change> all = new ArrayList<>(changes);
    if (!next.equals(before)) {
      all.add(new Change.PutState(id(), next));
    }
    boolean moved = next.stage() != before.stage();
    if (moved) {
      beside.forEach(changing -> all.addAll(changing.apply(next.stage())));
      String why = next.problem().map(problem -> ": " + problem).orElse("");
      all.add(told("STAGE_CHANGED", next.stage(), before.stage() + " → " + next.stage() + why));
    }
    if (!all.isEmpty()) {
      services.store().commit(all);
    }
    state = next;
    for (Change change : all) {
      if (change instanceof Change.PutSeries put) {
        load(put);
      }
    }
    if (moved || !next.credentials().equals(before.credentials())) {
      renewKeys();
    }
    if (moved) {
      moved(before.stage(), next.stage());
    }
  }

  /** Whoever cannot hear of it now, because the store went away, hears of it later. */
  private void moved(ConnectionStage before, ConnectionStage after) {
    for (BiConsumer<ConnectionStage, ConnectionStage> listener : listeners) {
      try {
        listener.accept(before, after);
      } catch (TemporarilyUnavailable e) {
        LOG.warn("{}: {} is followed later: {}", id(), after, e.getMessage());
        lane.post(() -> again(listener, before, after));
      } catch (RuntimeException e) {
        LOG.error("{}: something that follows {} could not be done", id(), after, e);
      }
    }
  }

  private void again(
      BiConsumer<ConnectionStage, ConnectionStage> listener,
      ConnectionStage before,
      ConnectionStage after) {
    if (stage() == after) {
      listener.accept(before, after);
    }
  }

  void commit(LinkState next) {
    commit(next, List.of());
  }

  /** Tells operators something. */
  void tell(String kind, String message) {
    commit(state, List.of(told(kind, message)));
  }

  /** Something to be told with what is stored. */
  Change told(String kind, String message) {
    return told(kind, state.stage(), message);
  }

  private Change told(String kind, ConnectionStage stage, String message) {
    return new Change.Tell(
        config.groups().stream()
            .map(ConnectionConfig.GroupBinding::microgridId)
            .distinct()
            .map(
                microgrid ->
                    new ConnectionEvent(
                        UUID.randomUUID(),
                        now(),
                        ITSELF,
                        id(),
                        microgrid,
                        id(),
                        kind,
                        stage,
                        message))
            .toList());
  }

  /** The initial token counts until the exchange of tokens is done, and again when it failed. */
  void renewKeys() {
    boolean open =
        switch (state.stage()) {
          case NEW, REGISTERING, FAILED, DEREGISTERED -> profile().registration();
          case REGISTERED, HANDSHAKING, ONLINE, OFFLINE -> false;
        };
    Optional<String> initial =
        services.vault().secret(id(), Vault.INITIAL_TOKEN, config.initialToken());
    services
        .keyring()
        .renew(
            id(),
            initial.filter(token -> open).map(Tokens::fingerprint),
            state.credentials().inboundToken());
  }

  void close() {
    alarms.close();
    lane.close();
  }
}
