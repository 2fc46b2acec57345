package io.busbar.api.topology;

/** Asks for all sites. */
public record ListSites() {}
