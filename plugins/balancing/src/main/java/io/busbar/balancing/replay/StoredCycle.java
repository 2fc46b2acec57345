package io.busbar.balancing.replay;

import io.busbar.api.balancing.CycleResult;
import java.util.Optional;

/**
 * A cycle as it is kept.
 *
 * @param inputs absent for cycles from before inputs were kept, and where detail had to be dropped
 */
public record StoredCycle(CycleResult result, Optional<Inputs> inputs) {}
