package io.busbar.balancing;

import io.busbar.api.Bus;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleReply;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.Explain;
import io.busbar.api.balancing.ExplainReply;
import io.busbar.api.balancing.GetCycle;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply;
import io.busbar.api.balancing.ReplayCycle;
import io.busbar.api.balancing.ReplayReply;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.balancing.record.History;
import io.busbar.balancing.replay.Replay;
import io.busbar.balancing.replay.StoredCycle;
import io.busbar.balancing.replay.Thawed;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Answers questions about one site. */
final class Answers {

  private static final int REMEMBERED = 1000;

  private final SiteRunner runner;
  private final History history;
  private final UUID microgridId;

  /** Requests answered or being answered, oldest first. */
  private final Map<String, Future<RebalanceReply>> requests = new LinkedHashMap<>();

  Answers(SiteRunner runner, History history) {
    this.runner = runner;
    this.history = history;
    this.microgridId = runner.site().tree().microgridId();
  }

  void register(Bus bus) {
    bus.answerLater(BalancingAddresses.REBALANCE.at(microgridId), this::rebalance);
    bus.answer(BalancingAddresses.STATUS.at(microgridId), query -> runner.site().status());
    bus.answerLater(
        BalancingAddresses.CYCLES.at(microgridId), query -> history.page(microgridId, query));
    bus.answerLater(BalancingAddresses.CYCLE.at(microgridId), this::cycle);
    bus.answerLater(BalancingAddresses.EXPLAIN.at(microgridId), this::explain);
    bus.answerLater(BalancingAddresses.REPLAY.at(microgridId), this::replay);
    bus.answerLater(
        BalancingAddresses.BREACHES.at(microgridId), query -> history.breaches(microgridId, query));
    bus.answer(
        BalancingAddresses.WHAT_IF.at(microgridId), question -> runner.site().suppose(question));
  }

  private Future<RebalanceReply> rebalance(Rebalance request) {
    Future<RebalanceReply> known = requests.get(request.correlationId());
    if (known != null) {
      return known;
    }
    Future<RebalanceReply> reply =
        history
            .findRequested(microgridId, request.correlationId())
            .otherwise(Optional.empty())
            .compose(kept -> kept.map(Answers::completed).orElseGet(() -> decide(request)));
    requests.put(request.correlationId(), reply);
    reply.onFailure(fault -> requests.remove(request.correlationId()));
    if (requests.size() > REMEMBERED) {
      requests.remove(requests.keySet().iterator().next());
    }
    return reply;
  }

  private static Future<RebalanceReply> completed(CycleResult result) {
    return Future.succeededFuture(new RebalanceReply.Completed(result));
  }

  private Future<RebalanceReply> decide(Rebalance request) {
    Site site = runner.site();
    boolean unknown = request.nodeId().filter(id -> site.tree().number(id).isEmpty()).isPresent();
    if (unknown) {
      return Future.succeededFuture(
          new RebalanceReply.Refused(
              "NODE_UNKNOWN",
              "node " + request.nodeId().get() + " is not part of this microgrid",
              List.of(),
              "none; the site is balanced on"));
    }
    return runner
        .run(request)
        .compose(requested -> requested.kept().compose(done -> reply(request, requested.cycle())));
  }

  private Future<RebalanceReply> reply(Rebalance request, Cycle cycle) {
    Optional<RebalanceReply> refused =
        Refusal.of(runner.site(), request, cycle).map(RebalanceReply.class::cast);
    return refused.map(Future::succeededFuture).orElseGet(() -> completed(cycle.result()));
  }

  private Future<CycleReply> cycle(GetCycle question) {
    return history
        .find(microgridId, question.cycleId())
        .map(
            found ->
                found
                    .map(StoredCycle::result)
                    .<CycleReply>map(CycleReply.Found::new)
                    .orElseGet(() -> new CycleReply.NotFound(question.cycleId())));
  }

  /**
   * On the tree that the cycle was decided on, where that is kept; limits may have changed since.
   */
  private Future<ExplainReply> explain(Explain question) {
    return question
        .cycleId()
        .map(id -> history.find(microgridId, id).map(found -> found.map(this::explainer)))
        .orElseGet(
            () ->
                Future.succeededFuture(
                    runner.site().last().map(last -> new Explainer(runner.site().tree(), last))))
        .map(
            found ->
                found
                    .map(explainer -> explainer.explain(question.nodeId()))
                    .orElseGet(() -> new ExplainReply.NotFound("no such cycle is kept")));
  }

  private Explainer explainer(StoredCycle cycle) {
    return new Explainer(tree(cycle).orElse(runner.site().tree()), cycle.result());
  }

  private static Optional<SiteTree> tree(StoredCycle cycle) {
    try {
      return cycle.inputs().map(Thawed::of).map(Thawed::tree);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private Future<ReplayReply> replay(ReplayCycle question) {
    return history
        .find(microgridId, question.cycleId())
        .map(
            found ->
                found
                    .map(Replay::of)
                    .orElseGet(
                        () ->
                            new ReplayReply.Refused(
                                "CYCLE_UNKNOWN", "cycle " + question.cycleId() + " is not kept")));
  }
}
