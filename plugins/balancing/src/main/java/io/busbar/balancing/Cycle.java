package io.busbar.balancing;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.CycleResult;
import io.busbar.balancing.decide.Decision;
import io.busbar.balancing.replay.Inputs;
import java.util.List;

/**
 * What a cycle came to.
 *
 * @param result in the words of the contract
 * @param decision behind it
 * @param inputs that decision's, packed
 * @param breaches opened or closed by it
 */
record Cycle(CycleResult result, Decision decision, Inputs inputs, List<Breach> breaches) {}
