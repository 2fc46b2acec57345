package org.example.busbar;

import io.busbar.api.envelope.EnvelopeBlock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads lines {@code from_utc,to_utc,limit_watts,price_per_mwh}; a price may be empty. */
record CsvFeed(double priceCap, int wattsWhenExpensive) {

  static final String HEADER = "from_utc,to_utc,limit_watts,price_per_mwh";

  private static final String[] COLUMNS = HEADER.split(",");
  private static final String INSTANT = "a time such as 2026-03-02T10:00:00Z";

  /**
   * Reads all lines.
   *
   * @throws IllegalArgumentException naming the first line and cell that is wrong
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
    if (cells.length != COLUMNS.length) {
      throw new IllegalArgumentException(
          "line %d: expected %d cells, found %d".formatted(line, COLUMNS.length, cells.length));
    }
    Instant from = cell(line, cells, 0, INSTANT, Instant::parse);
    Instant to = cell(line, cells, 1, INSTANT, Instant::parse);
    int limit = cell(line, cells, 2, "whole watts", Integer::valueOf);
    boolean expensive =
        !cells[3].isBlank() && cell(line, cells, 3, "a number", Double::valueOf) > priceCap;
    return EnvelopeBlock.max(from, to, expensive ? Math.min(limit, wattsWhenExpensive) : limit);
  }

  private static <T> T cell(
      int line, String[] cells, int column, String expected, Function<String, T> reader) {
    try {
      return reader.apply(cells[column].strip());
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "line %d, %s: expected %s, found '%s'"
              .formatted(line, COLUMNS[column], expected, cells[column]),
          e);
    }
  }
}
