package io.busbar.balancing;

import io.busbar.api.balancing.ExplainReply.Explained;
import io.busbar.api.balancing.ExplainReply.Sharer;
import io.busbar.api.balancing.ExplainReply.Step;
import io.busbar.api.balancing.SourceMode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** An explanation as text: the sentence, the way up, and who shares. */
record ExplanatoryTable(Explained why) {

  private static final String ROW = "%-32s %11s %12s %12s %11s %11s  %-8s %s%n";

  void print(PrintStream out) {
    out.println(why.sentence());
    out.printf(
        "cycle %s of %s; demand %s; bound by %s%n%n",
        why.cycleId(),
        why.startedAt(),
        mode(Optional.of(why.sourceMode())),
        why.bindingConstraintRef().orElse("nothing"));
    out.printf(ROW, "node", "limit", "allocated", "other load", "used", "left", "demand", "");
    why.path().forEach(step -> print(step, out));
    if (!why.sharedWith().isEmpty()) {
      out.printf("%nshared with%n");
      why.sharedWith().forEach(other -> print(other, out));
    }
  }

  private static void print(Step step, PrintStream out) {
    String limit =
        step.limitRef()
            .map(ref -> ref + " " + step.limitSource().map(Enum::name).orElse(""))
            .orElse("");
    out.printf(
        ROW,
        step.name(),
        watts(step.limitWatts()),
        watts(OptionalInt.of(step.allocatedWatts())),
        watts(OptionalInt.of(step.uncontrolledWatts())),
        watts(OptionalInt.of(step.usedWatts())),
        watts(step.headroomWatts()),
        mode(step.sourceMode()),
        step.binds() ? "BINDS " + limit : limit);
  }

  private static void print(Sharer other, PrintStream out) {
    out.printf(
        "%-32s %s of %s%n",
        other.name(),
        watts(OptionalInt.of(other.allocatedWatts())),
        watts(OptionalInt.of(other.requestedWatts())));
  }

  private static String mode(Optional<SourceMode> mode) {
    return mode.map(known -> known == SourceMode.MEASURED ? "measured" : "derived").orElse("");
  }

  private static String watts(OptionalInt watts) {
    return watts.isPresent() ? String.format(Locale.ROOT, "%,d W", watts.getAsInt()) : "–";
  }
}
