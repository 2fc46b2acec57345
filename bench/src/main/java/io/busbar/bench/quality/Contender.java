package io.busbar.bench.quality;

import io.busbar.api.balancing.Strategy;
import io.busbar.balancing.decide.SiteTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A rule and what it is told.
 *
 * @param name as results call it
 * @param kind whose rule it is
 * @param departures which departures it knows
 * @param rule makes it for a site
 */
record Contender(String name, Kind kind, Departures departures, Function<SiteTree, Rule> rule) {

  /** Whose rule. */
  enum Kind {
    ENGINE,
    TEXTBOOK
  }

  /** Which departures. */
  enum Departures {
    NOT_USED("not used"),
    ANNOUNCED("announced"),
    TRUE("true");

    final String title;

    Departures(String title) {
      this.title = title;
    }
  }

  boolean truly() {
    return departures == Departures.TRUE;
  }

  /** The exact max-min rule. */
  static final String EQUAL = "equal share";

  /** All, the textbook's first. */
  static List<Contender> all() {
    List<Contender> all = new ArrayList<>();
    all.add(textbook(EQUAL, Departures.NOT_USED, Textbook::equalShare));
    all.add(textbook("round robin", Departures.NOT_USED, Textbook::roundRobin));
    all.add(
        textbook("first come, first served", Departures.NOT_USED, Textbook::firstComeFirstServed));
    all.add(engine(Strategy.EQUAL_SHARE, Departures.NOT_USED));
    all.add(engine(Strategy.FIRST_COME_FIRST_SERVED, Departures.NOT_USED));
    for (Departures told : List.of(Departures.ANNOUNCED, Departures.TRUE)) {
      all.add(textbook("earliest deadline", told, Textbook::earliestDeadline));
      all.add(textbook("least laxity", told, Textbook::leastLaxity));
      all.add(engine(Strategy.EARLIEST_DEADLINE, told));
      all.add(engine(Strategy.LEAST_LAXITY, told));
      all.add(engine(Strategy.PROPORTIONAL_NEED, told));
    }
    return all;
  }

  static Contender textbook(String name, Departures told, Function<SiteTree, Rule> rule) {
    return new Contender(name, Kind.TEXTBOOK, told, rule);
  }

  static Contender engine(Strategy strategy, Departures told) {
    return new Contender(
        strategy.name(), Kind.ENGINE, told, tree -> new EngineRule(tree, strategy));
  }
}
