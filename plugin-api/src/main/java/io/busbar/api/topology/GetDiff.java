package io.busbar.api.topology;

/** Asks what changed in the tree from one version to another. */
public record GetDiff(int from, int to) {}
