package io.busbar.balancing;

import io.busbar.api.Bus;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.balancing.state.StateStore;
import java.time.Clock;
import java.util.UUID;

/** Answers what people and programs ask of one site's sessions and settings. */
final class StateAnswers {

  private final SiteRunner runner;
  private final SessionDesk sessions;

  StateAnswers(SiteRunner runner, StateStore store, Clock clock) {
    this.runner = runner;
    this.sessions = new SessionDesk(runner, store, clock);
  }

  void register(Bus bus) {
    UUID id = runner.site().tree().microgridId();
    bus.answerLater(BalancingAddresses.SAVE_SESSION.at(id), sessions::save);
    bus.answerLater(BalancingAddresses.END_SESSION.at(id), sessions::end);
    bus.answerLater(BalancingAddresses.SESSION.at(id), sessions::get);
    bus.answerLater(BalancingAddresses.SESSIONS.at(id), sessions::page);
    bus.answer(BalancingAddresses.SETTINGS.at(id), question -> runner.site().settings());
    bus.answerLater(BalancingAddresses.SET_SETTINGS.at(id), runner::choose);
  }
}
