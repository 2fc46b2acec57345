/** The balancing cycle: asking for one, its result, and why. */
package io.busbar.api.balancing;
