package io.busbar.kernel.plugins;

import io.busbar.api.Bus;
import io.busbar.api.DatabaseAccess;
import io.busbar.api.Scheduler;
import io.busbar.kernel.config.Settings;
import io.busbar.kernel.health.HealthBoard;
import io.busbar.kernel.health.PrometheusMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the kernel has to lend.
 *
 * @param stage where verticles run
 * @param bus wall-clock or inline
 * @param clock the one clock
 * @param scheduler its timers
 * @param settings values by plugin, as they are written at this moment
 * @param health where everybody reports
 * @param metrics where everybody counts
 * @param database a plugin's own schema by its id; empty when nothing is kept
 * @param configFolder folder of the config files
 * @param dataFolder folder for what survives
 * @param background runs what must not hold up a timer
 * @param startTimeout how long a verticle may take to start
 */
public record Surroundings(
    Stage stage,
    Bus bus,
    Clock clock,
    Scheduler scheduler,
    Supplier<Settings> settings,
    HealthBoard health,
    PrometheusMetrics metrics,
    Function<String, Optional<DatabaseAccess>> database,
    Path configFolder,
    Path dataFolder,
    Executor background,
    Duration startTimeout) {}
