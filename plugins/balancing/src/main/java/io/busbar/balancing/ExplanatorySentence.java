package io.busbar.balancing;

import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.ExplainReply.Sharer;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.balancing.decide.Limits;
import io.busbar.balancing.decide.SiteTree;
import java.util.List;
import java.util.Locale;

/**
 * Why a node got what it got, in one English sentence.
 *
 * @param line what it wanted and got
 * @param number its number
 * @param binding number of the node that stopped it; −1 where none did
 * @param sharers who else hangs from that
 */
record ExplanatorySentence(
    SiteTree tree, NodeAllocation line, int number, int binding, List<Sharer> sharers) {

  String text() {
    String name = tree.node(number).name();
    if (line.requestedWatts() == 0) {
      return (isConnector() ? "%s wants nothing." : "Nothing below %s wants anything.")
          .formatted(name);
    }
    String wanted = watts(line.requestedWatts());
    if (line.allocatedWatts() >= line.requestedWatts()) {
      return "%s gets all of the %s it wants.".formatted(name, wanted);
    }
    String got =
        line.allocatedWatts() == 0
            ? "%s is paused, though it wants %s,".formatted(name, wanted)
            : "%s gets %s of the %s it wants".formatted(name, watts(line.allocatedWatts()), wanted);
    return got + " because " + because() + ".";
  }

  private boolean isConnector() {
    return tree.connectorAt(number) >= 0;
  }

  private String because() {
    String ref = line.bindingConstraintRef().orElse("");
    if (ref.startsWith("meter:")) {
      return "nothing usable is known of meter " + ref.substring("meter:".length());
    }
    if (ref.startsWith("device:")) {
      return "its device does not answer";
    }
    if (ref.startsWith("rating:")) {
      return "that is less than it can give at all";
    }
    if (ref.startsWith("min-off:")) {
      return "it was paused a moment ago and is not to be switched on yet";
    }
    if (ref.startsWith("ramp:")) {
      return "what "
          + (binding < 0 ? "the site " + tree.name() : nameOf(binding))
          + " allows may rise no faster";
    }
    return binding < 0 ? "what hangs from it is stopped at several places" : limit();
  }

  private String limit() {
    if (binding == number && isConnector()) {
      return "that is its own limit";
    }
    boolean paused = line.allocatedWatts() == 0;
    String ref = line.bindingConstraintRef().orElse("");
    String limit = amount(ref);
    if (ref.indexOf('#') >= 0) {
      String wire = ref.substring(ref.indexOf('#') + 1);
      return wire
          + " of "
          + nameOf(binding)
          + (paused ? " cannot carry its minimum too" : " carries all it may")
          + shared();
    }
    return nameOf(binding)
        + limit
        + (paused ? " has no room for its minimum" : " is full")
        + shared();
  }

  private String amount(String ref) {
    Limits limits = tree.limits();
    if (ref.equals(limits.ref(ConstraintType.NET_CAP, binding))) {
      return " ("
          + watts(limits.watts(ConstraintType.NET_CAP, binding))
          + " net of generation"
          + origin(ref)
          + ")";
    }
    long most = limits.watts(ConstraintType.CONSUMPTION_CAP, binding);
    return most == Limits.UNBOUNDED ? "" : " (" + watts(most) + origin(ref) + ")";
  }

  private static String origin(String ref) {
    return ref.startsWith("envelope:")
        ? " by an envelope"
        : ref.startsWith("fail-safe:") ? ", its fail-safe capacity" : "";
  }

  private String nameOf(int node) {
    if (node == SiteTree.ROOT) {
      return "the site " + tree.name();
    }
    String kind = tree.node(node).nodeType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String name = tree.node(node).name();
    return name.toLowerCase(Locale.ROOT).contains(kind) ? name : kind + " " + name;
  }

  private String shared() {
    if (sharers.isEmpty() || !isConnector()) {
      return "";
    }
    long level =
        sharers.stream()
            .filter(other -> Math.abs(other.allocatedWatts() - line.allocatedWatts()) <= 1)
            .count();
    String others = sharers.size() == 1 ? "1 other" : sharers.size() + " others";
    String atLevel =
        level == sharers.size()
            ? " at the same level"
            : level == 0 ? "" : ", " + level + " of them at the same level";
    return "; it shares it with " + others + (line.allocatedWatts() == 0 ? "" : atLevel);
  }

  private static String watts(long watts) {
    return String.format(Locale.ROOT, "%,d W", watts);
  }
}
