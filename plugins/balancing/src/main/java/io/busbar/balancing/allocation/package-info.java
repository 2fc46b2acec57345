/**
 * Fair allocation of power in a forest of limits: admit minimums, then share by weighted max-min
 * fairness, the more important classes first. Pure: arrays in, arrays out; no clock, no I/O, no
 * dependency.
 *
 * <p>Every node v of the forest may carry a limit. A connector is a leaf and may carry a request:
 * demand, minimum, weight, priority (larger is more important) and rank (its place in the admission
 * order, smaller goes first). Its <em>level</em> is its power divided by its weight.
 *
 * <p><b>Admit.</b> In the order priority, rank, id, a request is admitted when its minimum still
 * fits beside the minimums admitted so far; a request that {@link
 * io.busbar.balancing.allocation.Patience#CAN_WAIT can wait} only if those admitted so far cannot
 * use up what there is. <b>Share.</b> Each class takes, from what the more important ones left and
 * as if the less important ones wanted no more than their admitted minimums, the allocation whose
 * levels, sorted from the smallest, are lexicographically largest.
 *
 * <p>The start is {@link io.busbar.balancing.allocation.Allocator}.
 */
package io.busbar.balancing.allocation;
