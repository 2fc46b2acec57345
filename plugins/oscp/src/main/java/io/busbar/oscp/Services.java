package io.busbar.oscp;

import io.busbar.api.PluginContext;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What all connections use.
 *
 * @param context bus, clock, scheduler, health
 * @param store keeps everything
 * @param wire the way to partners
 * @param vault secrets
 * @param keyring tells who calls
 * @param publicUrl our base URL as partners are told
 */
record Services(
    PluginContext context,
    OscpStore store,
    Wire wire,
    Vault vault,
    Keyring keyring,
    Supplier<String> publicUrl) {

  /** In the precision in which times are stored. */
  Instant now() {
    return context.clock().instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
  }
}
