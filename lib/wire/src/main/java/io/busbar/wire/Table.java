package io.busbar.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.function.Function;

/**
 * A list of records as columns.
 *
 * @param name of the component that holds the list; empty for the record that holds all lists
 * @param rows takes the list from that record
 */
record Table(String name, Function<Record, List<?>> rows, List<Column> columns) {

  static Table of(RecordComponent component, Class<? extends Record> type) {
    MethodHandle list =
        Column.accessor(component).asType(MethodType.methodType(List.class, Record.class));
    return new Table(
        component.getName(),
        record -> {
          try {
            return (List<?>) list.invokeExact(record);
          } catch (Throwable e) {
            throw new IllegalStateException("an accessor failed", e);
          }
        },
        Column.of(type));
  }

  /** The name, then each column as {@code path:code}, with spaces between. */
  String layout() {
    StringBuilder text = new StringBuilder(name);
    columns.forEach(
        column -> text.append(' ').append(column.path()).append(':').append(column.kind().code()));
    return text.toString();
  }

  void write(Record record, ByteSink out) {
    List<?> all = rows.apply(record);
    out.natural(all.size());
    columns.forEach(column -> column.write(all, out));
  }
}
