package io.busbar.api.field;

/** Asks a driver for its devices. */
public record ListDevices() {}
