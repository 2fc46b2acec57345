package io.busbar.kernel;

import io.busbar.kernel.config.Settings;
import io.busbar.kernel.config.SettingsSchema;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The kernel's own settings, {@code config/busbar.yaml}.
 *
 * @param pluginFolder folder watched for jars, relative to the installation
 * @param disabled bundled plugins that stay out
 * @param disabledInScenarios bundled plugins that stay out of scenario runs
 * @param startTimeout how long a plugin may take to start
 * @param databaseUrl {@code embedded}, {@code none} or a URL
 * @param databaseUser user of an external database
 * @param databasePassword its password
 */
record KernelSettings(
    String pluginFolder,
    Set<String> disabled,
    Set<String> disabledInScenarios,
    Duration startTimeout,
    String databaseUrl,
    String databaseUser,
    String databasePassword) {

  static SettingsSchema schema() {
    return new SettingsSchema("busbar", KernelSettings.class.getResource("/busbar.schema.json"));
  }

  static KernelSettings of(Settings settings) {
    JsonObject values = schema().resolve(settings).value();
    JsonObject plugins = values.getJsonObject("plugins");
    JsonObject database = values.getJsonObject("database");
    return new KernelSettings(
        plugins.getString("folder"),
        strings(plugins, "disabled"),
        strings(plugins, "disabled_in_scenarios"),
        Duration.ofSeconds(plugins.getInteger("start_timeout_seconds")),
        database.getString("url"),
        database.getString("user"),
        database.getString("password"));
  }

  private static Set<String> strings(JsonObject object, String key) {
    return object.getJsonArray(key).stream().map(String.class::cast).collect(Collectors.toSet());
  }
}
