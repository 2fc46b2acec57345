/**
 * How well the engine decides, on real sites and sessions: sessions are played against set-points
 * that hold at once, the decisions being the engine's own or a textbook rule's, and what is
 * delivered is compared with the most that anybody could have delivered.
 */
package io.busbar.bench.quality;
