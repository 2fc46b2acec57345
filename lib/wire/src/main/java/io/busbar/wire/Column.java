package io.busbar.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One component of a record, or of a record in it, as a column.
 *
 * @param path names of the components that lead to it, with dots
 * @param kind what it holds
 * @param parts take its whole numbers from a row
 * @param value takes its value from a row
 */
record Column(
    String path, Kind kind, List<ToLongFunction<Object>> parts, Function<Object, Object> value) {

  private static final MethodType REFERENCE = MethodType.methodType(Object.class, Object.class);
  private static final MethodType NUMBER = MethodType.methodType(long.class, Object.class);

  /** All columns of a type, lists of records left out. */
  static List<Column> of(Class<? extends Record> type) {
    List<Column> columns = new ArrayList<>();
    collect(type, "", MethodHandles.identity(type), columns);
    return List.copyOf(columns);
  }

  private static void collect(
      Class<?> type, String path, MethodHandle record, List<Column> columns) {
    for (RecordComponent component : type.getRecordComponents()) {
      MethodHandle handle = MethodHandles.filterReturnValue(record, accessor(component));
      String name = path + component.getName();
      if (component.getType().isRecord()) {
        collect(component.getType(), name + ".", handle, columns);
      } else if (!path.isEmpty() || RecordColumns.rowType(component.getGenericType()).isEmpty()) {
        columns.add(column(name, Kind.of(component.getGenericType()), handle));
      }
    }
  }

  static MethodHandle accessor(RecordComponent component) {
    try {
      return MethodHandles.publicLookup().unreflect(component.getAccessor());
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(component + " is not public", e);
    }
  }

  private static Column column(String name, Kind kind, MethodHandle handle) {
    Function<Object, Object> value = reading(handle.asType(REFERENCE));
    Class<?> type = handle.type().returnType();
    List<ToLongFunction<Object>> parts =
        type == int.class || type == long.class || type == boolean.class
            ? List.of(counting(MethodHandles.explicitCastArguments(handle, NUMBER)))
            : kind.parts().stream()
                .<ToLongFunction<Object>>map(part -> row -> part.applyAsLong(value.apply(row)))
                .toList();
    return new Column(name, kind, parts, value);
  }

  private static Function<Object, Object> reading(MethodHandle handle) {
    return row -> {
      try {
        return (Object) handle.invokeExact(row);
      } catch (Throwable e) {
        throw new IllegalStateException("an accessor failed", e);
      }
    };
  }

  /** Without an object for each number. */
  private static ToLongFunction<Object> counting(MethodHandle handle) {
    return row -> {
      try {
        return (long) handle.invokeExact(row);
      } catch (Throwable e) {
        throw new IllegalStateException("an accessor failed", e);
      }
    };
  }

  /** Writes the column of some rows. */
  void write(List<?> rows, ByteSink out) {
    if (kind.isText()) {
      writeText(rows, out);
    }
    for (ToLongFunction<Object> part : parts) {
      writeNumbers(rows, part, out);
    }
  }

  /** Differences to the row above; a run of zeros as a zero and its length less one. */
  private static void writeNumbers(List<?> rows, ToLongFunction<Object> part, ByteSink out) {
    long above = 0;
    int zeros = 0;
    for (int row = 0; row < rows.size(); row++) {
      long number = part.applyAsLong(rows.get(row));
      if (number == above) {
        zeros++;
        continue;
      }
      endRun(zeros, out);
      zeros = 0;
      out.number(number - above);
      above = number;
    }
    endRun(zeros, out);
  }

  private static void endRun(int zeros, ByteSink out) {
    if (zeros > 0) {
      out.number(0);
      out.natural(zeros - 1L);
    }
  }

  /** A zero for the same as above, or else the length plus one, and the bytes. */
  private void writeText(List<?> rows, ByteSink out) {
    String above = null;
    for (Object row : rows) {
      String text = RecordJson.encode(value.apply(row));
      if (text.equals(above)) {
        out.natural(0);
      } else {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.natural(bytes.length + 1L);
        out.bytes(bytes);
        above = text;
      }
    }
  }
}
