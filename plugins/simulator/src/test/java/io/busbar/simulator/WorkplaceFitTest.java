package io.busbar.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The generator against the sessions it is fitted to. */
class WorkplaceFitTest {

  private static final LocalDate MONDAY = LocalDate.parse("2026-01-05");
  private static final int WEEKS = 60;

  private final List<RealSession> real = RealSession.atCaltech();
  private final List<RealSession> generated = generated();

  private static List<RealSession> generated() {
    List<MicrogridNode> connectors =
        Sites.site(54, 1_000_000).nodes().stream()
            .filter(node -> node.nodeType() == NodeType.CONNECTOR)
            .toList();
    Traffic traffic = new WorkplaceTraffic(WorkplaceHabits.measured(), RealSession.PASADENA, 1, 7);
    List<RealSession> sessions = new ArrayList<>();
    for (int day = 0; day < 7 * WEEKS; day++) {
      for (Stay stay : traffic.day(MONDAY.plusDays(day), connectors)) {
        String kwh = Double.toString(stay.energyWattHours() / 1000.0);
        sessions.add(RealSession.of(stay.arrival(), stay.departure(), kwh));
      }
    }
    return sessions;
  }

  @Test
  void the_parameters_are_those_fitted_to_the_real_sessions() {
    assertThat(WorkplaceFit.fit(real)).isEqualTo(WorkplaceHabits.measured());
  }

  @Test
  void as_many_come_in_each_hour_of_a_weekday_as_really_did() {
    Predicate<RealSession> weekday = s -> s.arrival().getDayOfWeek().getValue() <= 5;
    double realDays = 88;
    for (int hour = 0; hour < 24; hour++) {
      int at = hour;
      Predicate<RealSession> then = weekday.and(s -> s.arrival().getHour() == at);
      assertThat(count(generated, then) / (5.0 * WEEKS))
          .as("arrivals from %d:00", hour)
          .isCloseTo(count(real, then) / realDays, within(0.35));
    }
  }

  @Test
  void as_many_come_on_each_day_of_the_week_as_really_did() {
    for (DayOfWeek day : DayOfWeek.values()) {
      double mean = WorkplaceHabits.measured().arrivals().get(day.getValue() - 1);
      assertThat(count(generated, s -> s.arrival().getDayOfWeek() == day) / (double) WEEKS)
          .as(day.toString())
          .isCloseTo(mean, within(mean * 0.06));
    }
  }

  @Test
  void stays_and_energies_are_distributed_as_they_really_were() {
    for (int part = 0; part < 3; part++) {
      List<RealSession> measured = part(real, part);
      List<RealSession> drawn = part(generated, part);
      double stays =
          WorkplaceFit.distance(measured, RealSession::stayHours, drawn, RealSession::stayHours);
      double energies =
          WorkplaceFit.distance(measured, RealSession::energyKwh, drawn, RealSession::energyKwh);
      System.out.printf(
          "part %d: distance of stays %.3f, of energies %.3f; mean energy %.2f, really %.2f kWh%n",
          part, stays, energies, mean(drawn), mean(measured));
      assertThat(stays).as("stays of part %d", part).isLessThan(0.07);
      assertThat(energies).as("energies of part %d", part).isLessThan(0.05);
      assertThat(mean(drawn)).isCloseTo(mean(measured), within(0.06 * mean(measured)));
    }
  }

  private static double mean(List<RealSession> sessions) {
    return sessions.stream().mapToDouble(RealSession::energyKwh).average().orElseThrow();
  }

  private static List<RealSession> part(List<RealSession> sessions, int part) {
    return sessions.stream().filter(s -> WorkplaceFit.part(s) == part).toList();
  }

  private static long count(List<RealSession> sessions, Predicate<RealSession> wanted) {
    return sessions.stream().filter(wanted).count();
  }
}
