package io.busbar.api.balancing;

import java.util.UUID;

/** Asks for one session of the microgrid that the address is keyed by. */
public record GetSession(UUID sessionId) {}
