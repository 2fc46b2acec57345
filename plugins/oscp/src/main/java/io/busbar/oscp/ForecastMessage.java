package io.busbar.oscp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A forecast as a message says it.
 *
 * @param groupId the partner's name of the group
 * @param type what it says
 * @param blocks in the order of the message
 */
record ForecastMessage(String groupId, ForecastType type, List<Block> blocks) {

  private static final BigDecimal MOST = new BigDecimal("1e12");

  /** More digits than any meter has; numbers beyond take long to calculate with. */
  private static final int MOST_DIGITS = 40;

  ForecastMessage {
    blocks = List.copyOf(blocks);
  }

  /**
   * Reads a body that keeps the schema.
   *
   * @param origin request id of the message
   * @throws Refusal naming the first block that is wrong
   */
  static ForecastMessage read(JsonNode body, String origin) {
    List<Block> blocks = new ArrayList<>();
    for (JsonNode block : body.path("forecasted_blocks")) {
      blocks.add(block(block, "forecasted_blocks[%d].".formatted(blocks.size()), origin));
    }
    return new ForecastMessage(
        body.path("group_id").asText(), ForecastType.valueOf(body.path("type").asText()), blocks);
  }

  private static Block block(JsonNode json, String place, String origin) {
    Instant from = Times.read(place + "start_time", json.path("start_time").asText());
    Instant to = Times.read(place + "end_time", json.path("end_time").asText());
    if (!from.isBefore(to)) {
      throw Refusal.badRequest(place + "end_time is not after start_time");
    }
    BigDecimal capacity = json.path("capacity").decimalValue();
    if (isLong(capacity)) {
      throw Refusal.badRequest(place + "capacity has too many digits");
    }
    if (capacity.compareTo(MOST) > 0) {
      throw Refusal.badRequest(place + "capacity is too large for any use");
    }
    return Block.received(
        from,
        to,
        capacity,
        Block.Phase.valueOf(json.path("phase").asText()),
        Block.Unit.valueOf(json.path("unit").asText()),
        origin);
  }

  /** Some partners write capacities as text: makes numbers of them. */
  static JsonNode withNumbers(JsonNode body) {
    JsonNode copy = body.deepCopy();
    for (JsonNode block : copy.path("forecasted_blocks")) {
      if (block instanceof ObjectNode object && object.path("capacity").isTextual()) {
        number(object.path("capacity").asText()).ifPresent(as -> object.put("capacity", as));
      }
    }
    return copy;
  }

  /** What is no number stays text, and breaks the schema. */
  private static Optional<BigDecimal> number(String text) {
    if (text.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text)).filter(number -> !isLong(number));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isLong(BigDecimal number) {
    return number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS;
  }

  /** Two blocks of one message and phase contradict each other where they overlap. */
  void refuseOverlap() {
    List<Block> sorted = new ArrayList<>(blocks);
    sorted.sort(
        Comparator.comparing((Block block) -> block.phase().bound()).thenComparing(Block::from));
    for (int i = 1; i < sorted.size(); i++) {
      Block one = sorted.get(i - 1);
      Block next = sorted.get(i);
      if (one.phase().bound() == next.phase().bound() && one.overlaps(next)) {
        throw Refusal.badRequest(
            "forecasted_blocks: two blocks of phase %s overlap at %s"
                .formatted(next.phase(), Times.write(next.from())));
      }
    }
  }
}
