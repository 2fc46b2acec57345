package io.busbar.simulator.scenario;

import io.busbar.api.simulator.FieldRecord;
import io.busbar.api.simulator.FieldRecord.Served;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What came of a run.
 *
 * @param record what physically happened
 * @param optimumWattHours most that anybody could have delivered, where asked for
 * @param cycles cycles by outcome
 * @param breaches breaches that opened
 * @param digest over everything that happened and was decided
 * @param wallSeconds how long the run took
 */
record Outcome(
    FieldRecord record,
    OptionalDouble optimumWattHours,
    Map<String, Long> cycles,
    long breaches,
    String digest,
    double wallSeconds) {

  double requestedWattHours() {
    return sessions().stream().mapToDouble(Served::requestedWattHours).sum();
  }

  double deliveredWattHours() {
    return sessions().stream().mapToDouble(Served::deliveredWattHours).sum();
  }

  private List<Served> sessions() {
    return record.sessions();
  }

  /** Jain's index of the shares delivered ÷ requested: 1 when all are equal. */
  double jainIndex() {
    double[] shares =
        sessions().stream()
            .filter(s -> s.requestedWattHours() > 0)
            .mapToDouble(s -> s.deliveredWattHours() / s.requestedWattHours())
            .toArray();
    double sum = 0;
    double squares = 0;
    for (double share : shares) {
      sum += share;
      squares += share * share;
    }
    return squares == 0 ? 1 : sum * sum / (shares.length * squares);
  }

  /** Share delivered ÷ requested that 95 of 100 sessions reach. */
  double fifthPercentile() {
    double[] shares =
        sessions().stream()
            .filter(s -> s.requestedWattHours() > 0)
            .mapToDouble(s -> s.deliveredWattHours() / s.requestedWattHours())
            .sorted()
            .toArray();
    return shares.length == 0 ? 1 : shares[shares.length / 20];
  }

  /** Share of sessions that got at least 99 % of what they requested. */
  double servedSessionsShare() {
    long served =
        sessions().stream()
            .filter(s -> s.deliveredWattHours() >= 0.99 * s.requestedWattHours())
            .count();
    return sessions().isEmpty() ? 1 : (double) served / sessions().size();
  }

  /** Every figure by the name that expectations use. */
  Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("no_limit_exceeded", record.violations() == 0 ? 1.0 : 0.0);
    figures.put("delivered_kwh", deliveredWattHours() / 1000);
    figures.put("fullest_line", record.worstLine());
    figures.put(
        "delivered_share",
        requestedWattHours() == 0 ? 1 : deliveredWattHours() / requestedWattHours());
    figures.put("jain_index", jainIndex());
    figures.put("fifth_percentile", fifthPercentile());
    figures.put("served_sessions_share", servedSessionsShare());
    figures.put("curtailed_cycles", (double) cycles.getOrDefault("CURTAILED", 0L));
    figures.put("rejected_cycles", (double) cycles.getOrDefault("REJECTED", 0L));
    figures.put("breaches", (double) breaches);
    optimumWattHours.ifPresent(
        most -> figures.put("share_of_optimum", most == 0 ? 1 : deliveredWattHours() / most));
    return figures;
  }
}
