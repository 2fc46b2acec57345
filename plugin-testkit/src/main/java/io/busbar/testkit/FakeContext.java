package io.busbar.testkit;

import io.busbar.api.Address;
import io.busbar.api.DatabaseAccess;
import io.busbar.api.PluginContext;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * A context for tests, without a kernel: bus and time stand still until the test moves them.
 *
 * @param pluginId the plugin's id
 * @param config its settings, taken as they are
 * @param clock clock and scheduler
 * @param bus remembers what was told and asked
 * @param database where to store; empty keeps everything in memory
 * @param metrics remembers what was counted
 * @param health remembers what was reported
 * @param dataFolder an existing folder
 * @param provided names of addresses that other plugins provide; more may be added
 * @param restarts causes given to {@link #restart}, oldest first
 */
public record FakeContext(
    String pluginId,
    JsonObject config,
    LeapClock clock,
    RecordingBus bus,
    Optional<DatabaseAccess> database,
    RecordingMetrics metrics,
    RecordingHealth health,
    Path dataFolder,
    Set<String> provided,
    List<Throwable> restarts)
    implements PluginContext {

  /** A context without database. */
  public static FakeContext of(String pluginId, JsonObject config, Path dataFolder) {
    LeapClock clock = new LeapClock();
    return new FakeContext(
        pluginId,
        config,
        clock,
        new RecordingBus(clock),
        Optional.empty(),
        new RecordingMetrics(),
        new RecordingHealth(),
        dataFolder,
        new CopyOnWriteArraySet<>(),
        new CopyOnWriteArrayList<>());
  }

  /** The same context with a database. */
  public FakeContext with(DatabaseAccess access) {
    return new FakeContext(
        pluginId,
        config,
        clock,
        bus,
        Optional.of(access),
        metrics,
        health,
        dataFolder,
        provided,
        restarts);
  }

  @Override
  public LeapClock scheduler() {
    return clock;
  }

  /** The same as the data folder. */
  @Override
  public Path configFolder() {
    return dataFolder;
  }

  @Override
  public boolean isProvided(Address address) {
    return provided.contains(address.name());
  }

  @Override
  public void restart(Throwable cause) {
    restarts.add(cause);
  }
}
