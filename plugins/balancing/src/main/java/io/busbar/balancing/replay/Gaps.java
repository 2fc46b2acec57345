package io.busbar.balancing.replay;

import java.lang.reflect.RecordComponent;
import java.util.List;

/** Finds what a record does not say, because whoever wrote it did not know of it yet. */
final class Gaps {

  private Gaps() {}

  /**
   * Looks through records in records and in lists.
   *
   * @throws IllegalArgumentException if something is absent; the message names the first
   */
  static void refuse(Record record) {
    refuse(record, "");
  }

  private static void refuse(Object value, String path) {
    if (value == null) {
      throw new IllegalArgumentException(
          "they do not say " + path + ", which is asked for since they were kept");
    }
    if (value instanceof List<?> list) {
      list.forEach(each -> refuse(each, path));
    }
    if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        refuse(
            value(record, component),
            path.isEmpty() ? component.getName() : path + "." + component.getName());
      }
    }
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
