package io.busbar.envelope;

import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What an envelope has to be. The first broken rule in this order is the reason. */
final class Rules {

  static final Instant NO_END = SubmitEnvelope.NO_END;

  private static final int LONGEST_REF = 500;
  private static final int MOST_BLOCKS = 10_000;

  private Rules() {}

  /**
   * Why an envelope is rejected.
   *
   * @param reasonCode machine name of the rule
   * @param message what is wrong
   * @param details each place and its problem
   */
  record Rejection(String reasonCode, String message, List<String> details) {}

  /** The broken rule; empty when all are kept. */
  static Optional<Rejection> broken(SubmitEnvelope submitted, SiteView site, Instant now) {
    return place(submitted, site)
        .or(() -> reference(submitted))
        .or(() -> window(submitted, now))
        .or(() -> blocks(submitted));
  }

  private static Optional<Rejection> place(SubmitEnvelope submitted, SiteView site) {
    if (site.node(submitted.nodeId()).isEmpty()) {
      return rejection(
          "UNKNOWN_NODE",
          "microgrid %s has no node %s".formatted(submitted.microgridId(), submitted.nodeId()));
    }
    Optional<Rejection> stranger =
        submitted
            .originControlPointId()
            .filter(id -> site.controlPoint(id).isEmpty())
            .flatMap(
                id ->
                    rejection(
                        "UNKNOWN_CONTROL_POINT",
                        "microgrid %s has no control point %s"
                            .formatted(submitted.microgridId(), id)));
    return stranger.isPresent() ? stranger : circuit(submitted, site);
  }

  /** A cap on a managed grid connection is told to the one circuit that feeds it. */
  private static Optional<Rejection> circuit(SubmitEnvelope submitted, SiteView site) {
    boolean managed =
        submitted.constraintType() == ConstraintType.CONSUMPTION_CAP
            && site.node(submitted.nodeId()).orElseThrow().nodeType() == NodeType.GRID_CONNECTION;
    List<?> circuits = managed ? site.circuitsOf(submitted.nodeId()) : List.of();
    return managed && circuits.size() != 1
        ? rejection(
            "CIRCUIT_NOT_UNIQUE",
            "grid connection %s is fed by %d circuits; expected exactly one"
                .formatted(submitted.nodeId(), circuits.size()))
        : Optional.empty();
  }

  private static Optional<Rejection> reference(SubmitEnvelope submitted) {
    String ref = submitted.sourceRef();
    boolean fine = !ref.isBlank() && ref.length() <= LONGEST_REF && isStorable(ref);
    return fine
        ? Optional.empty()
        : rejection(
            "SOURCE_REF_INVALID",
            "source_ref: expected 1 to %d characters of Unicode without NUL"
                .formatted(LONGEST_REF));
  }

  /** PostgreSQL keeps no NUL, and no half of a surrogate pair. */
  private static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }

  private static Optional<Rejection> window(SubmitEnvelope submitted, Instant now) {
    if (submitted.effectiveTo().isEmpty() != submitted.openEnded()) {
      return rejection(
          "END_MISSING",
          submitted.openEnded()
              ? "effective_to: an open-ended envelope has none"
              : "effective_to is missing; say open_ended when it has no end");
    }
    Instant end = end(submitted);
    if (!submitted.effectiveFrom().isBefore(end)) {
      return rejection(
          "WINDOW_EMPTY",
          "effective_from %s is not before effective_to %s"
              .formatted(submitted.effectiveFrom(), end));
    }
    return end.isAfter(now)
        ? Optional.empty()
        : rejection("WINDOW_PAST", "effective_to %s is not after now, %s".formatted(end, now));
  }

  private static Instant end(SubmitEnvelope submitted) {
    return submitted.effectiveTo().orElse(NO_END);
  }

  private static Optional<Rejection> blocks(SubmitEnvelope submitted) {
    List<EnvelopeBlock> blocks = submitted.blocks();
    if (blocks.isEmpty() || blocks.size() > MOST_BLOCKS) {
      return rejection(
          "BLOCKS_MISSING", "%d blocks: expected 1 to %d".formatted(blocks.size(), MOST_BLOCKS));
    }
    List<String> codes = new ArrayList<>();
    List<String> details = new ArrayList<>();
    Instant before = submitted.effectiveFrom();
    for (int i = 0; i < blocks.size(); i++) {
      String code = block(blocks.get(i), before, submitted);
      if (!code.isEmpty()) {
        codes.add(code);
        details.add("blocks[%d] %s: %s".formatted(i, blocks.get(i).blockFrom(), code));
      }
      before = blocks.get(i).blockTo();
    }
    return codes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rejection(codes.getFirst(), codes.size() + " of the blocks break a rule", details));
  }

  private static String block(EnvelopeBlock block, Instant before, SubmitEnvelope submitted) {
    if (!block.blockFrom().isBefore(block.blockTo())) {
      return "BLOCK_EMPTY";
    }
    if (block.blockFrom().isBefore(submitted.effectiveFrom())
        || block.blockTo().isAfter(end(submitted))) {
      return "BLOCK_OUTSIDE_WINDOW";
    }
    if (block.blockFrom().isBefore(before)) {
      return "BLOCKS_OVERLAP";
    }
    return values(block);
  }

  private static String values(EnvelopeBlock block) {
    OptionalInt min = block.minLimitWatts();
    OptionalInt max = block.maxLimitWatts();
    OptionalInt target = block.targetWatts();
    if (min.isEmpty() && max.isEmpty() && target.isEmpty()) {
      return "BLOCK_WITHOUT_VALUE";
    }
    if (min.orElse(0) < 0 || max.orElse(0) < 0 || target.orElse(0) < 0) {
      return "BLOCK_NEGATIVE";
    }
    int middle = target.orElse(min.orElse(0));
    boolean ordered =
        min.orElse(0) <= middle
            && middle <= max.orElse(Integer.MAX_VALUE)
            && min.orElse(0) <= max.orElse(Integer.MAX_VALUE);
    return ordered ? "" : "BLOCK_VALUES_CONTRADICT";
  }

  private static Optional<Rejection> rejection(String code, String message) {
    return Optional.of(new Rejection(code, message, List.of()));
  }
}
