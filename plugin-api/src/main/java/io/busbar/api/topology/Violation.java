package io.busbar.api.topology;

import java.util.Optional;
import java.util.UUID;

/**
 * A rule of the domain that a change would break.
 *
 * @param rule stable machine name, such as {@code CYCLE}
 * @param nodeId the node that offends; absent where it is none in particular
 * @param message what is wrong and what was expected, for people
 */
public record Violation(String rule, Optional<UUID> nodeId, String message) {}
