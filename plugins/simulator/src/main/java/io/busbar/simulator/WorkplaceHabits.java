package io.busbar.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * How people use a workplace garage: the parameters of {@link WorkplaceTraffic}. Those of the
 * resource {@code workplace.json} are fitted to real sessions; the plugin's README says how well.
 *
 * @param arrivals mean number a day, Monday first
 * @param hoursOfWeekdays percent of a weekday's arrivals by hour of local time
 * @param hoursOfWeekends the same for Saturdays and Sundays
 * @param periods how long people stay and how much they take, by hour of arrival, earliest first
 */
record WorkplaceHabits(
    List<Double> arrivals,
    List<Double> hoursOfWeekdays,
    List<Double> hoursOfWeekends,
    List<Period> periods) {

  WorkplaceHabits {
    arrivals = List.copyOf(arrivals);
    hoursOfWeekdays = List.copyOf(hoursOfWeekdays);
    hoursOfWeekends = List.copyOf(hoursOfWeekends);
    periods = List.copyOf(periods);
  }

  /**
   * Stays that begin in a part of the day.
   *
   * @param fromHour its first hour; it ends where the next begins, the last at the first
   * @param stayHours length of stay at evenly spaced quantiles, smallest to largest
   * @param energyKwh energy taken, likewise
   * @param rankCorrelation of the two, by Spearman
   */
  record Period(
      int fromHour, List<Double> stayHours, List<Double> energyKwh, double rankCorrelation) {
    Period {
      stayHours = List.copyOf(stayHours);
      energyKwh = List.copyOf(energyKwh);
    }
  }

  /** Those fitted to the real sessions. */
  static WorkplaceHabits measured() {
    try (InputStream in = WorkplaceHabits.class.getResourceAsStream("workplace.json")) {
      return from(RecordJson.mapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("workplace.json cannot be read", e);
    }
  }

  private static WorkplaceHabits from(JsonNode json) {
    List<Period> periods = new ArrayList<>();
    for (JsonNode period : json.get("periods")) {
      periods.add(
          new Period(
              period.get("from_hour").intValue(),
              numbers(period.get("stay_hours")),
              numbers(period.get("energy_kwh")),
              period.get("rank_correlation").doubleValue()));
    }
    return new WorkplaceHabits(
        numbers(json.get("arrivals")),
        numbers(json.get("hours_of_weekdays")),
        numbers(json.get("hours_of_weekends")),
        periods);
  }

  private static List<Double> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::doubleValue).toList();
  }

  /** Mean number of arrivals in an hour of a day of the week. */
  double arrivals(DayOfWeek day, int hour) {
    List<Double> hours = day.getValue() > 5 ? hoursOfWeekends : hoursOfWeekdays;
    return arrivals.get(day.getValue() - 1) * hours.get(hour) / 100;
  }

  /** What holds for those who come at a time of day. */
  Period at(LocalTime arrival) {
    return periods.reversed().stream()
        .filter(period -> arrival.getHour() >= period.fromHour())
        .findFirst()
        .orElse(periods.getLast());
  }
}
