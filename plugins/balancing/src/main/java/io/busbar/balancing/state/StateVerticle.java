package io.busbar.balancing.state;

import io.busbar.api.PluginContext;
import io.busbar.api.balancing.ListSessions;
import io.busbar.api.balancing.SiteSettings;
import io.busbar.balancing.record.Handover;
import io.busbar.balancing.session.KeptSession;
import io.busbar.store.Store;
import io.busbar.store.StoreUnavailable;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sessions and settings in PostgreSQL, on a context of its own so that no cycle waits for it.
 * Has read all that sites go on with when it has started.
 */
public final class StateVerticle extends AbstractVerticle implements StateStore {

  private static final Logger LOG = LoggerFactory.getLogger(StateVerticle.class);
  private static final Duration FORGETS_EVERY = Duration.ofHours(6);

  private final PluginContext plugin;
  private final Supplier<Store> opened;
  private final Duration kept;
  private final Map<UUID, Remembered> remembered = new ConcurrentHashMap<>();
  private Handover handover;
  private StateTable table;
  private StateWriter writer;

  /**
   * @param opened gives the plugin's store, once this starts
   * @param kept for how long sessions are kept after their end
   */
  public StateVerticle(PluginContext plugin, Supplier<Store> opened, Duration kept) {
    this.plugin = plugin;
    this.opened = opened;
    this.kept = kept;
  }

  @Override
  public void start() {
    handover = new Handover(context);
    table = new StateTable(opened.get(), plugin.pluginId());
    writer = new StateWriter(plugin, table, handover::run);
    read();
    plugin.scheduler().every(FORGETS_EVERY, FORGETS_EVERY, () -> handover.run(this::forget));
  }

  private void read() {
    Map<UUID, List<KeptSession>> sessions = new HashMap<>();
    for (KeptSession session : table.newest()) {
      sessions.computeIfAbsent(session.microgridId(), id -> new ArrayList<>()).add(session);
    }
    Map<UUID, SiteSettings> settings = table.settings();
    sessions.forEach(
        (site, its) ->
            remembered.put(site, new Remembered(its, Optional.ofNullable(settings.get(site)))));
    settings.forEach(
        (site, its) -> remembered.putIfAbsent(site, new Remembered(List.of(), Optional.of(its))));
  }

  private void forget() {
    try {
      table.forget(plugin.clock().instant().minus(kept));
    } catch (StoreUnavailable e) {
      LOG.warn("old sessions are forgotten later: {}", e.getMessage());
    }
  }

  @Override
  public Remembered restore(UUID microgridId) {
    return Optional.ofNullable(remembered.remove(microgridId)).orElse(Remembered.NOTHING);
  }

  @Override
  public UUID newId() {
    return UUID.randomUUID();
  }

  @Override
  public void keep(Change change) {
    writer.add(change);
  }

  @Override
  public Future<Void> save(Change change) {
    return handover.back(writer.ask(change));
  }

  @Override
  public Future<Optional<KeptSession>> find(UUID sessionId) {
    return handover.call(() -> table.find(sessionId));
  }

  @Override
  public Future<Pages.Page> page(UUID microgridId, ListSessions query) {
    return handover.call(() -> table.page(microgridId, query));
  }

  @Override
  public void stop() {
    writer.finish();
  }
}
