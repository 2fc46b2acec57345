/** Records as JSON, for the wire between nodes, the database and the HTTP door. */
package io.busbar.wire;
