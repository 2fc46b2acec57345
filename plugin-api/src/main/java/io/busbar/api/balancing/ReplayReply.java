package io.busbar.api.balancing;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reply to {@link ReplayCycle}. */
public sealed interface ReplayReply {

  /**
   * What it came to.
   *
   * @param microgridId the site
   * @param cycleId the cycle
   * @param topologyVersion version of the tree that it was decided on
   * @param inputsAt when its inputs were frozen
   * @param identical whether both digests are the same
   * @param storedDigest digest of the result that is stored
   * @param replayedDigest digest of the result that the stored inputs lead to now
   * @param differences where the two results differ; empty when they are identical
   * @param inputs everything it was decided on: settings with every threshold, and by name each
   *     connector, meter with its fallback, and power source, as it was known then; nested maps,
   *     lists, strings, numbers, booleans and nulls
   */
  record Replayed(
      UUID microgridId,
      UUID cycleId,
      int topologyVersion,
      Instant inputsAt,
      boolean identical,
      String storedDigest,
      String replayedDigest,
      List<Difference> differences,
      Map<String, Object> inputs)
      implements ReplayReply {
    public Replayed {
      differences = List.copyOf(differences);
      inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }
  }

  /**
   * Something that came out otherwise.
   *
   * @param nodeId the node; absent for the cycle as a whole
   * @param name its name
   * @param field name of the field of the result
   * @param stored its value in the stored result
   * @param replayed its value now
   */
  record Difference(
      Optional<UUID> nodeId, String name, String field, String stored, String replayed) {}

  /**
   * It cannot be decided once more.
   *
   * @param reasonCode {@code CYCLE_UNKNOWN}; {@code INPUTS_NOT_KEPT} for a cycle from before inputs
   *     were kept, or whose inputs were dropped because the database was away for too long; {@code
   *     INPUTS_UNREADABLE} for inputs that this version does not understand, or that are not those
   *     that were digested; {@code RESULT_DAMAGED} for a result that is not the one that was
   * @param message what is wrong
   */
  record Refused(String reasonCode, String message) implements ReplayReply {}
}
