package io.busbar.api.oscp;

/**
 * Tells the grid operator that the forecast which holds now cannot be kept.
 *
 * @param connectionId the connection
 * @param groupId the partner's name of the group
 * @param message why, without personal data
 * @param actor who says so
 * @param correlationId ties it to what caused it
 */
public record ReportNonCompliance(
    String connectionId, String groupId, String message, String actor, String correlationId) {}
