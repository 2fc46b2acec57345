package io.busbar.balancing;

import io.busbar.balancing.allocation.Allocation;

/**
 * What one cycle decided on a tree.
 *
 * @param tree the tree it decided on
 * @param demand the demand it decided on
 * @param requested what each connector wants, in watts
 * @param targets what each connector is to get, in watts
 * @param allocation the same with causes, for connectors that took part
 * @param headroom per node, what connectors below may draw together, in watts
 * @param included per connector, whether it took part; the others keep or fall back
 */
record Plan(
    SiteTree tree,
    Demand demand,
    int[] requested,
    int[] targets,
    Allocation allocation,
    double[] headroom,
    boolean[] included) {}
