/** Sessions and chosen settings, kept over restarts: in memory, or in PostgreSQL. */
package io.busbar.balancing.state;
