package io.busbar.simulator;

import io.busbar.simulator.WorkplaceHabits.Period;
import io.busbar.wire.RecordJson;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Fits the parameters of {@link WorkplaceTraffic} to real sessions. Run as a program it prints
 * {@code workplace.json}.
 */
final class WorkplaceFit {

  private static final int QUANTILES = 40;

  /** The last quantile: the very longest stays would weigh too much in between. */
  private static final double LARGEST = 0.995;

  /** First hours of the parts of a day: who comes in the morning, around noon, in the evening. */
  private static final int[] PARTS = {5, 11, 16};

  private WorkplaceFit() {}

  public static void main(String[] arguments) throws Exception {
    var mapper = RecordJson.mapper().copy();
    System.out.println(
        mapper
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(mapper.readTree(RecordJson.encode(fit(RealSession.atCaltech())))));
  }

  static WorkplaceHabits fit(List<RealSession> sessions) {
    LocalDate first = sessions.getFirst().arrival().toLocalDate();
    LocalDate last = sessions.getLast().arrival().toLocalDate();
    List<Double> arrivals = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      long days =
          IntStream.rangeClosed(0, (int) ChronoUnit.DAYS.between(first, last))
              .filter(i -> first.plusDays(i).getDayOfWeek() == day)
              .count();
      long came = sessions.stream().filter(s -> s.arrival().getDayOfWeek() == day).count();
      arrivals.add(rounded((double) came / days, 2));
    }
    List<Period> periods =
        IntStream.range(0, PARTS.length).mapToObj(part -> period(part, sessions)).toList();
    return new WorkplaceHabits(arrivals, hours(sessions, false), hours(sessions, true), periods);
  }

  private static List<Double> hours(List<RealSession> sessions, boolean weekend) {
    List<RealSession> those =
        sessions.stream()
            .filter(s -> s.arrival().getDayOfWeek().getValue() > 5 == weekend)
            .toList();
    return IntStream.range(0, 24)
        .mapToObj(
            hour -> {
              long came = those.stream().filter(s -> s.arrival().getHour() == hour).count();
              return rounded(100.0 * came / those.size(), 2);
            })
        .toList();
  }

  private static Period period(int part, List<RealSession> sessions) {
    List<RealSession> those = sessions.stream().filter(s -> part(s) == part).toList();
    double[] stays = those.stream().mapToDouble(RealSession::stayHours).toArray();
    double[] energies = those.stream().mapToDouble(RealSession::energyKwh).toArray();
    double correlation = correlation(ranks(stays), ranks(energies));
    return new Period(PARTS[part], quantiles(stays), quantiles(energies), rounded(correlation, 2));
  }

  /** Which part of the day a session belongs to; the night belongs to the evening before. */
  static int part(RealSession session) {
    for (int part = PARTS.length - 1; part >= 0; part--) {
      if (session.arrival().getHour() >= PARTS[part]) {
        return part;
      }
    }
    return PARTS.length - 1;
  }

  private static List<Double> quantiles(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return IntStream.rangeClosed(0, QUANTILES)
        .mapToObj(i -> Math.min((double) i / QUANTILES, LARGEST))
        .map(share -> rounded(sorted[(int) (share * (sorted.length - 1))], 2))
        .toList();
  }

  private static double[] ranks(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
    double[] ranks = new double[values.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }

  private static double correlation(double[] left, double[] right) {
    double meanLeft = Arrays.stream(left).average().orElseThrow();
    double meanRight = Arrays.stream(right).average().orElseThrow();
    double both = 0;
    double squaresLeft = 0;
    double squaresRight = 0;
    for (int i = 0; i < left.length; i++) {
      both += (left[i] - meanLeft) * (right[i] - meanRight);
      squaresLeft += (left[i] - meanLeft) * (left[i] - meanLeft);
      squaresRight += (right[i] - meanRight) * (right[i] - meanRight);
    }
    return both / Math.sqrt(squaresLeft * squaresRight);
  }

  private static double rounded(double value, int digits) {
    double unit = Math.pow(10, digits);
    return Math.round(value * unit) / unit;
  }

  /** Largest distance between the distributions of two samples, by Kolmogorov and Smirnov. */
  static <T, U> double distance(
      List<T> left, ToDoubleFunction<T> of, List<U> right, ToDoubleFunction<U> and) {
    double[] a = left.stream().mapToDouble(of).sorted().toArray();
    double[] b = right.stream().mapToDouble(and).sorted().toArray();
    double most = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      double at = Math.min(a[i], b[j]);
      while (i < a.length && a[i] <= at) {
        i++;
      }
      while (j < b.length && b[j] <= at) {
        j++;
      }
      most = Math.max(most, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return most;
  }
}
