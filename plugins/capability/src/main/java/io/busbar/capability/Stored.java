package io.busbar.capability;

/**
 * A status in the history.
 *
 * @param position its place in the order of commits
 */
record Stored(long position, Incoming status) {}
