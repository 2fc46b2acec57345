package io.busbar.api.oscp;

/** Asks for one connection. */
public record GetConnection(String connectionId) {}
