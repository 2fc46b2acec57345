/** Sharing what there is: exact weighted max-min fairness on flat arrays, without anything else. */
package io.busbar.balancing.allocation;
