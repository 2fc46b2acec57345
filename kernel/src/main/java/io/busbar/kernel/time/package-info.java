/** Timers of the wall clock, and each plugin's view of them. */
package io.busbar.kernel.time;
