package io.busbar.api.capability;

import java.util.UUID;

/** Asks for the latest status of every control point of a microgrid. */
public record GetProjection(UUID microgridId) {}
