package io.busbar.api.topology;

/** Asks for the tree at a version, as it was after the edit that led to it. */
public record GetSnapshotAt(int version) {}
