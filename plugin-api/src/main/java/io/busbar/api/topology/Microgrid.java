package io.busbar.api.topology;

import java.util.UUID;

/**
 * A depot's electrical system.
 *
 * @param microgridId primary identifier everywhere
 * @param depotId the one depot it belongs to
 * @param name for people
 * @param timeZone IANA name, for schedules only
 * @param version +1 per accepted edit; token of optimistic concurrency
 */
public record Microgrid(
    UUID microgridId, UUID depotId, String name, String timeZone, int version) {}
