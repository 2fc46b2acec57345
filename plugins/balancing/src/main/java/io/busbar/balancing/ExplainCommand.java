package io.busbar.balancing;

import io.busbar.api.Command;
import io.busbar.api.CommandContext;
import io.busbar.api.balancing.ExplainReply;
import io.busbar.api.balancing.ExplainReply.Explained;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.balancing.record.CycleArchive;
import io.busbar.balancing.replay.StoredCycle;
import io.busbar.balancing.replay.Thawed;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code ./busbar explain}: why a node got what it got in a stored cycle. */
final class ExplainCommand implements Command {

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public String summary() {
    return "says why a node got what it got in a stored cycle";
  }

  @Override
  public String usage() {
    return "explain SITE|MICROGRID_ID NODE|NODE_ID [--cycle CYCLE_ID]";
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws SQLException {
    boolean named = arguments.size() == 4 && arguments.get(2).equals("--cycle");
    Optional<UUID> cycleId = named ? Words.id(arguments.get(3)) : Optional.empty();
    if (arguments.size() != 2 && cycleId.isEmpty()) {
      context.err().println("usage: ./busbar " + usage());
      return USAGE;
    }
    try (CycleArchive archive =
        CycleArchive.open(
            context,
            "ask it: GET /api/microgrid/MICROGRID_ID/cycles/CYCLE_ID/explain?node_id=NODE_ID")) {
      UUID site = archive.microgrid(arguments.getFirst());
      Optional<StoredCycle> cycle =
          cycleId.isPresent()
              ? Optional.of(archive.cycle(site, cycleId.get()))
              : newest(archive, site);
      return explain(cycle, arguments.get(1), context);
    } catch (CycleArchive.Refused e) {
      context.err().println(e.getMessage());
      return 1;
    }
  }

  private static Optional<StoredCycle> newest(CycleArchive archive, UUID site) throws SQLException {
    List<StoredCycle> newest = new ArrayList<>();
    archive.newest(site, 1, newest::add);
    return newest.stream().findFirst();
  }

  private static int explain(Optional<StoredCycle> cycle, String node, CommandContext context) {
    if (cycle.isEmpty() || cycle.get().inputs().isEmpty()) {
      context.err().println("no cycle of that site is kept with the tree that it was decided on");
      return 1;
    }
    SiteTree tree = Thawed.of(cycle.get().inputs().get()).tree();
    List<UUID> nodes = nodes(tree, node);
    if (nodes.size() != 1) {
      context
          .err()
          .printf(
              "%s node '%s' at %s: give its name, the id of its asset, or its node_id%n",
              nodes.isEmpty() ? "no" : nodes.size() + " times a", node, tree.name());
      return 1;
    }
    ExplainReply reply = new Explainer(tree, cycle.get().result()).explain(nodes.getFirst());
    return switch (reply) {
      case Explained why -> {
        new ExplanatoryTable(why).print(context.out());
        yield 0;
      }
      case ExplainReply.NotFound none -> {
        context.err().println(none.message());
        yield 1;
      }
    };
  }

  /** Nodes with that id or name, or with an asset of that id. */
  private static List<UUID> nodes(SiteTree tree, String word) {
    List<UUID> nodes = new ArrayList<>();
    for (int node = 1; node < tree.size(); node++) {
      boolean asset = tree.node(node).asset().map(facts -> facts.ref().equals(word)).orElse(false);
      if (asset
          || tree.node(node).name().equals(word)
          || tree.node(node).nodeId().toString().equalsIgnoreCase(word)) {
        nodes.add(tree.node(node).nodeId());
      }
    }
    return nodes;
  }
}
