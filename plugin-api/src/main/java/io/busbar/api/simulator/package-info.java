/** Driving the simulator: sessions to play and what came of them. */
package io.busbar.api.simulator;
