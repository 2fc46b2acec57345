package io.busbar.topology;

/** Who asks for a change, as the audit keeps it. */
record Author(String actor, String correlationId) {}
