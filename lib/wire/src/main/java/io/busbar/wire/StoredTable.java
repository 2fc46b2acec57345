package io.busbar.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A table as it was written, perhaps with other columns than there are now. */
record StoredTable(String name, int rows, Map<String, StoredColumn> columns) {

  /** A column: numbers by part and row, or text by row. */
  private record StoredColumn(String code, long[][] numbers, String[] text) {

    Object value(Kind kind, int row) {
      if (kind.isText()) {
        return kind.value().apply(text[row]);
      }
      long[] value = new long[numbers.length];
      for (int part = 0; part < value.length; part++) {
        value[part] = numbers[part][row];
      }
      if (code.contains("e(")) {
        value[value.length - 1] = ordinal(kind, (int) value[value.length - 1]);
      }
      return kind.value().apply(value);
    }

    /** Constants may have come or changed places since. */
    private int ordinal(Kind kind, int stored) {
      String constant = constants(code).get(stored);
      int now = constants(kind.code()).indexOf(constant);
      if (now < 0) {
        throw new IllegalArgumentException("there is no " + constant + " any more");
      }
      return now;
    }

    private static List<String> constants(String code) {
      return List.of(code.substring(code.indexOf('(') + 1, code.length() - 1).split(","));
    }
  }

  static StoredTable read(String layout, ByteSource in) {
    String[] words = layout.split(" ");
    int rows = in.count();
    Map<String, StoredColumn> columns = new LinkedHashMap<>();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      int colon = word.indexOf(':');
      String code = word.substring(colon + 1);
      columns.put(word.substring(0, colon), column(code, rows, in));
    }
    return new StoredTable(words[0], rows, columns);
  }

  private static StoredColumn column(String code, int rows, ByteSource in) {
    int width = Kind.width(code);
    if (width == 0) {
      return new StoredColumn(code, new long[0][], text(rows, in));
    }
    long[][] numbers = new long[width][];
    for (int part = 0; part < width; part++) {
      numbers[part] = numbers(rows, in);
    }
    return new StoredColumn(code, numbers, new String[0]);
  }

  private static long[] numbers(int rows, ByteSource in) {
    long[] numbers = new long[rows];
    long above = 0;
    for (int row = 0; row < rows; row++) {
      long difference = in.number();
      above += difference;
      int same = difference == 0 ? in.count() : 0;
      if (same > rows - row - 1) {
        throw new IllegalArgumentException("a run is longer than the " + rows + " rows");
      }
      Arrays.fill(numbers, row, row + same + 1, above);
      row += same;
    }
    return numbers;
  }

  private static String[] text(int rows, ByteSource in) {
    String[] text = new String[rows];
    for (int row = 0; row < rows; row++) {
      int length = in.count();
      text[row] =
          length > 0 ? new String(in.bytes(length - 1), StandardCharsets.UTF_8) : text[row - 1];
    }
    return text;
  }

  /** Whether some column's path begins so. */
  boolean has(String path) {
    return columns.keySet().stream().anyMatch(column -> column.startsWith(path));
  }

  /** A value; what stands for none where there is no such column of that kind. */
  Object value(String path, Kind kind, Class<?> type, int row) {
    StoredColumn column = columns.get(path);
    return column != null && isLike(column.code(), kind.code())
        ? column.value(kind, row)
        : absent(type);
  }

  /** Of enums, the constants do not matter. */
  private static boolean isLike(String stored, String code) {
    return stored.split("\\(")[0].equals(code.split("\\(")[0]);
  }

  private static Object absent(Class<?> type) {
    return switch (type.getName()) {
      case "boolean" -> false;
      case "int" -> 0;
      case "long" -> 0L;
      case "double" -> 0.0;
      case "java.util.Optional" -> Optional.empty();
      case "java.util.OptionalInt" -> OptionalInt.empty();
      case "java.util.OptionalLong" -> OptionalLong.empty();
      case "java.util.OptionalDouble" -> OptionalDouble.empty();
      default -> null;
    };
  }
}
