package io.busbar.api.topology;

import java.util.UUID;

/** Asks for a depot's assets. */
public record GetSite(UUID depotId) {}
