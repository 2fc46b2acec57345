/** Takes statuses that controllers report, keeps their history, shows the latest. */
package io.busbar.capability;
