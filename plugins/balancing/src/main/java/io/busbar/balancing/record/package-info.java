/** Keeps cycles: in memory, or in PostgreSQL without ever letting a cycle wait for it. */
package io.busbar.balancing.record;
