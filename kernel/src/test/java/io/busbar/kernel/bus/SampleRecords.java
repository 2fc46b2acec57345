package io.busbar.kernel.bus;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Makes a value of any record from its components; full, or with everything optional absent. */
final class SampleRecords {

  private final boolean full;
  private int count;

  SampleRecords(boolean full) {
    this.full = full;
  }

  Object of(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components[i].getGenericType());
    }
    Constructor<?> constructor =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new AssertionError("no sample of " + type + ": " + e.getCause(), e.getCause());
    }
  }

  private Object value(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      return container(generic);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return of(plain);
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[count++ % plain.getEnumConstants().length];
    }
    if (plain.isSealed()) {
      return of(plain.getPermittedSubclasses()[0]);
    }
    return simple(plain);
  }

  private Object container(ParameterizedType generic) throws ReflectiveOperationException {
    Type[] arguments = generic.getActualTypeArguments();
    Class<?> container = (Class<?>) generic.getRawType();
    if (container == Optional.class) {
      return full ? Optional.of(value(arguments[0])) : Optional.empty();
    }
    if (container == List.class) {
      return full ? List.of(value(arguments[0]), value(arguments[0])) : List.of();
    }
    if (container == Set.class) {
      return full ? Set.of(value(arguments[0])) : Set.of();
    }
    if (container == Map.class) {
      return full ? Map.of(value(arguments[0]), value(arguments[1])) : Map.of();
    }
    throw new AssertionError("no sample for " + generic + "; teach SampleRecords");
  }

  private Object simple(Class<?> type) {
    count++;
    return switch (type.getName()) {
      case "int", "java.lang.Integer" -> count;
      case "long", "java.lang.Long" -> (long) count;
      case "double", "java.lang.Double" -> count / 8.0;
      case "boolean", "java.lang.Boolean" -> count % 2 == 0;
      case "java.lang.String", "java.lang.Object" -> "text " + count;
      case "java.util.UUID" -> new UUID(count, count);
      case "java.time.Instant" -> Instant.ofEpochSecond(1_700_000_000L + count, 123_456_789);
      case "java.time.Duration" -> Duration.ofMillis(count);
      case "java.time.LocalDate" -> LocalDate.ofEpochDay(count);
      case "java.time.LocalTime" -> LocalTime.ofSecondOfDay(count);
      case "java.util.OptionalInt" -> full ? OptionalInt.of(count) : OptionalInt.empty();
      case "java.util.OptionalLong" -> full ? OptionalLong.of(count) : OptionalLong.empty();
      case "java.util.OptionalDouble" -> full ? OptionalDouble.of(count) : OptionalDouble.empty();
      default -> throw new AssertionError("no sample for " + type + "; teach SampleRecords");
    };
  }
}
