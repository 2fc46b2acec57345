/**
 * Virtual time and the bus that goes with it: deterministic, on one thread, as fast as the machine
 * allows.
 */
package io.busbar.virtual;
