package io.busbar.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What a column holds: values as one or more whole numbers, or as JSON text where they are none.
 *
 * @param code names it in layouts; for an optional value a question mark before its code, for an
 *     enum with its constants
 * @param parts the whole numbers of a value; none for text
 * @param value the value of such numbers; of the text otherwise
 */
record Kind(String code, List<ToLongFunction<Object>> parts, Function<Object, Object> value) {

  private static final String TEXT = "j";

  /** The kind of a component's type. */
  static Kind of(Type type) {
    return switch (type) {
      case Class<?> plain -> of(plain);
      case ParameterizedType generic when generic.getRawType() == Optional.class ->
          optional(of(generic.getActualTypeArguments()[0]), type);
      default -> text(type);
    };
  }

  private static Kind of(Class<?> type) {
    if (type.isEnum()) {
      return constant(type);
    }
    return switch (type.getName()) {
      case "boolean" -> whole(value -> (boolean) value ? 1 : 0, number -> number != 0);
      case "int" -> whole(value -> (int) value, number -> (int) (long) number);
      case "long" -> whole(value -> (long) value, number -> number);
      case "double" -> floating(value -> (double) value, number -> number);
      case "java.time.Instant" ->
          pair(
              "t",
              value -> ((Instant) value).getEpochSecond(),
              value -> ((Instant) value).getNano(),
              numbers -> Instant.ofEpochSecond(numbers[0], numbers[1]));
      case "java.time.Duration" ->
          pair(
              "t",
              value -> ((Duration) value).getSeconds(),
              value -> ((Duration) value).getNano(),
              numbers -> Duration.ofSeconds(numbers[0], numbers[1]));
      case "java.util.UUID" ->
          pair(
              "u",
              value -> ((UUID) value).getMostSignificantBits(),
              value -> ((UUID) value).getLeastSignificantBits(),
              numbers -> new UUID(numbers[0], numbers[1]));
      default -> optionalNumber(type);
    };
  }

  private static Kind optionalNumber(Class<?> type) {
    return switch (type.getName()) {
      case "java.util.OptionalInt" ->
          present(
              whole(value -> ((OptionalInt) value).orElse(0), number -> number),
              value -> ((OptionalInt) value).isPresent(),
              number -> OptionalInt.of((int) (long) number),
              OptionalInt.empty());
      case "java.util.OptionalLong" ->
          present(
              whole(value -> ((OptionalLong) value).orElse(0), number -> number),
              value -> ((OptionalLong) value).isPresent(),
              number -> OptionalLong.of((long) number),
              OptionalLong.empty());
      case "java.util.OptionalDouble" ->
          present(
              floating(value -> ((OptionalDouble) value).orElse(0), number -> number),
              value -> ((OptionalDouble) value).isPresent(),
              number -> OptionalDouble.of((double) number),
              OptionalDouble.empty());
      default -> text(type);
    };
  }

  private static Kind whole(ToLongFunction<Object> number, Function<Long, Object> value) {
    return new Kind("n", List.of(number), numbers -> value.apply(((long[]) numbers)[0]));
  }

  /** The bits turned round: simple numbers end in many zeros, which then are in front. */
  private static Kind floating(ToDoubleFunction<Object> number, Function<Double, Object> value) {
    return new Kind(
        "d",
        List.of(row -> Long.reverse(Double.doubleToLongBits(number.applyAsDouble(row)))),
        numbers -> value.apply(Double.longBitsToDouble(Long.reverse(((long[]) numbers)[0]))));
  }

  private static Kind pair(
      String code,
      ToLongFunction<Object> first,
      ToLongFunction<Object> second,
      Function<long[], Object> value) {
    return new Kind(code, List.of(first, second), numbers -> value.apply((long[]) numbers));
  }

  private static Kind constant(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    String names =
        String.join(",", Arrays.stream(constants).map(each -> ((Enum<?>) each).name()).toList());
    return new Kind(
        "e(" + names + ")",
        List.of(value -> ((Enum<?>) value).ordinal()),
        numbers -> constants[(int) ((long[]) numbers)[0]]);
  }

  private static Kind optional(Kind inner, Type type) {
    return inner.isText()
        ? text(type)
        : present(
            new Kind(inner.code, inner.parts.stream().map(Kind::orZero).toList(), inner.value),
            value -> ((Optional<?>) value).isPresent(),
            Optional::of,
            Optional.empty());
  }

  private static ToLongFunction<Object> orZero(ToLongFunction<Object> part) {
    return value -> {
      Optional<?> optional = (Optional<?>) value;
      return optional.isPresent() ? part.applyAsLong(optional.get()) : 0;
    };
  }

  private static Kind present(
      Kind inner, Predicate<Object> isPresent, Function<Object, Object> some, Object none) {
    List<ToLongFunction<Object>> parts = new ArrayList<>();
    parts.add(value -> isPresent.test(value) ? 1 : 0);
    parts.addAll(inner.parts);
    return new Kind(
        "?" + inner.code,
        List.copyOf(parts),
        numbers -> {
          long[] all = (long[]) numbers;
          return all[0] == 0
              ? none
              : some.apply(inner.value.apply(Arrays.copyOfRange(all, 1, all.length)));
        });
  }

  private static Kind text(Type type) {
    JavaType target = RecordJson.mapper().constructType(type);
    return new Kind(
        TEXT,
        List.of(),
        text -> {
          try {
            return RecordJson.mapper().readValue((String) text, target);
          } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a " + target + ": " + text, e);
          }
        });
  }

  boolean isText() {
    return parts.isEmpty();
  }

  /** How many whole numbers a value of a kind is; 0 for text. */
  static int width(String code) {
    return switch (code.charAt(0)) {
      case '?' -> 1 + width(code.substring(1));
      case 'n', 'd', 'e' -> 1;
      case 't', 'u' -> 2;
      case 'j' -> 0;
      default -> throw new IllegalArgumentException("a newer version wrote columns of " + code);
    };
  }
}
