/** The PostgreSQL server that plugins store in. */
package io.busbar.kernel.database;
