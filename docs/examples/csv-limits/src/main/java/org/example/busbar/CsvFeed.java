package org.example.busbar;

import io.busbar.api.envelope.EnvelopeBlock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads lines {@code from_utc,to_utc,limit_watts,price_per_mwh}; a price may be empty. */
record CsvFeed(double priceCap, int wattsWhenExpensive) {

  static final String HEADER = "from_utc,to_utc,limit_watts,price_per_mwh";

  /**
   * Reads all lines.
   *
   * @throws IllegalArgumentException naming the first line that is wrong
   */
  List<EnvelopeBlock> read(List<String> lines) {
    if (lines.isEmpty() || !lines.getFirst().strip().equals(HEADER)) {
      throw new IllegalArgumentException("line 1: expected the header " + HEADER);
    }
    List<EnvelopeBlock> blocks = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        blocks.add(block(i + 1, lines.get(i).strip().split(",", -1)));
      }
    }
    return blocks;
  }

  private EnvelopeBlock block(int line, String[] cells) {
    try {
      int limit = Integer.parseInt(cells[2]);
      boolean expensive = !cells[3].isBlank() && Double.parseDouble(cells[3]) > priceCap;
      return EnvelopeBlock.max(
          Instant.parse(cells[0]),
          Instant.parse(cells[1]),
          expensive ? Math.min(limit, wattsWhenExpensive) : limit);
    } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("line %d: expected %s".formatted(line, HEADER), e);
    }
  }
}
