/**
 * Storing in PostgreSQL: one schema per plugin, its migrations, and transactions that commit state,
 * audit and what is to be told together.
 */
package io.busbar.store;
