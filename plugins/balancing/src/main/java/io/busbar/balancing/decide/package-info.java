/**
 * What a cycle decides, as pure classes: no Vert.x, no logger, no clock, no I/O; the time is an
 * argument. A {@link io.busbar.balancing.decide.Snapshot} goes in, a {@link
 * io.busbar.balancing.decide.Decision} comes out; what has to be remembered from cycle to cycle
 * ({@link io.busbar.balancing.decide.Appetite}, {@link io.busbar.balancing.decide.Standing}, {@link
 * io.busbar.balancing.decide.BreachWatch}) is kept beside and goes into the next snapshot.
 */
package io.busbar.balancing.decide;
