package io.busbar.api.oscp;

/** Asks for all connections. */
public record ListConnections() {}
