package io.busbar.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records of one type as few bytes, for what is kept in great numbers: column by column, each value
 * as its difference to the one in the row above. Lists of records are tables of their own, records
 * in records are columns of the same table. The columns' names and kinds, the layout, are not part
 * of the bytes; whoever keeps these keeps the layout once beside them.
 *
 * <p>Components may come and go. One that the layout does not have is {@code false}, 0, empty, or
 * {@code null}, which the record's compact constructor may replace; one that the record does not
 * have any more is left out. Absent lists and records cannot be written.
 *
 * @param <R> the type; it and the records in it are public
 */
public final class RecordColumns<R extends Record> {

  /** The kinds of a record's components. */
  private static final ClassValue<List<Kind>> KINDS =
      new ClassValue<>() {
        @Override
        protected List<Kind> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(component -> Kind.of(component.getGenericType()))
              .toList();
        }
      };

  private final Class<R> type;
  private final List<Table> tables = new ArrayList<>();
  private final String layout;

  private RecordColumns(Class<R> type) {
    this.type = type;
    tables.add(new Table("", List::of, Column.of(type)));
    for (RecordComponent component : type.getRecordComponents()) {
      rowType(component.getGenericType()).ifPresent(rows -> tables.add(Table.of(component, rows)));
    }
    this.layout = String.join(";", tables.stream().map(Table::layout).toList());
  }

  /**
   * Looks at the type once; for any thread.
   *
   * @throws IllegalArgumentException if it, or a record in it, is not public
   */
  public static <R extends Record> RecordColumns<R> of(Class<R> type) {
    return new RecordColumns<>(type);
  }

  /** The class of a list's elements, where they are records. */
  static Optional<Class<? extends Record>> rowType(Type type) {
    return type instanceof ParameterizedType list
            && list.getRawType() == List.class
            && list.getActualTypeArguments()[0] instanceof Class<?> rows
            && rows.isRecord()
        ? Optional.of(rows.asSubclass(Record.class))
        : Optional.empty();
  }

  /** Names and kinds of all columns; what {@link #decode} needs to read what is written now. */
  public String layout() {
    return layout;
  }

  /** A record as bytes; equal records give equal bytes. */
  public byte[] encode(R record) {
    ByteSink out = new ByteSink();
    for (Table table : tables) {
      table.write(record, out);
    }
    return out.bytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param layout that was in force then
   * @throws IllegalArgumentException if the bytes do not fit it
   */
  public R decode(byte[] bytes, String layout) {
    ByteSource in = new ByteSource(bytes);
    List<StoredTable> stored =
        Arrays.stream(layout.split(";")).map(table -> StoredTable.read(table, in)).toList();
    in.end();
    StoredTable root = stored.getFirst();
    return type.cast(record(type, "", root, 0, stored));
  }

  private static Object record(
      Class<?> type, String path, StoredTable table, int row, List<StoredTable> lists) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components[i], KINDS.get(type).get(i), path, table, row, lists);
    }
    try {
      Constructor<?> constructor =
          type.getConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "no " + type.getSimpleName() + " of " + Map.of(path, Arrays.toString(values)), e);
    }
  }

  private static Object value(
      RecordComponent component,
      Kind kind,
      String path,
      StoredTable table,
      int row,
      List<StoredTable> lists) {
    String name = path + component.getName();
    if (path.isEmpty()
        && table.name().isEmpty()
        && rowType(component.getGenericType()).isPresent()) {
      Class<?> rows = rowType(component.getGenericType()).orElseThrow();
      return lists.stream()
          .filter(list -> list.name().equals(name))
          .findFirst()
          .map(list -> rows(rows, list))
          .orElse(List.of());
    }
    if (component.getType().isRecord()) {
      return table.has(name + ".")
          ? record(component.getType(), name + ".", table, row, List.of())
          : null;
    }
    return table.value(name, kind, component.getType(), row);
  }

  private static List<Object> rows(Class<?> type, StoredTable table) {
    List<Object> rows = new ArrayList<>(table.rows());
    for (int row = 0; row < table.rows(); row++) {
      rows.add(record(type, "", table, row, List.of()));
    }
    return rows;
  }
}
