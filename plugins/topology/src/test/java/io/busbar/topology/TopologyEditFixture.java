package io.busbar.topology;

import io.busbar.api.Request;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.api.topology.ControlPoint.State;
import io.busbar.api.topology.ControlPointReply;
import io.busbar.api.topology.EditReply;
import io.busbar.api.topology.EditTopology;
import io.busbar.api.topology.EditTopology.Patch;
import io.busbar.api.topology.ImportReply.Imported;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeDraft;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.NodeLimit.Status;
import io.busbar.api.topology.NodeLimitReply;
import io.busbar.api.topology.SaveControlPoint;
import io.busbar.api.topology.SetNodeLimit;
import io.busbar.api.topology.TopologyAddresses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A site to edit, its nodes by name, and requests about them. */
abstract class TopologyEditFixture extends TopologyPluginFixture {

  static final UUID GROUP = new UUID(0, 1);

  Imported site;

  @BeforeEach
  void importSite() {
    site = imported(SiteYaml.GOOD);
  }

  <Q, R> R ask(Request<Q, R> address, Q question) {
    return context.bus().ask(address.at(site.microgridId()), question).await();
  }

  EditReply edit(int version, NodeDraft... upsert) {
    return ask(TopologyAddresses.EDIT, patch(version, List.of(upsert), List.of()));
  }

  static EditTopology patch(int version, List<NodeDraft> upsert, List<UUID> remove) {
    return new EditTopology(version, new Patch(upsert, remove), "tester", "c-1");
  }

  MicrogridNode node(String name) {
    return snapshot(site).nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  UUID id(String name) {
    return node(name).nodeId();
  }

  NodeDraft named(String name, String newName) {
    MicrogridNode node = node(name);
    return draft(node, node.parentNodeId(), newName);
  }

  NodeDraft moved(String name, Optional<UUID> parent) {
    return draft(node(name), parent, name);
  }

  static NodeDraft draft(MicrogridNode node, Optional<UUID> parent, String name) {
    return new NodeDraft(
        node.nodeId(),
        parent,
        name,
        node.nodeType(),
        node.attachedAssetType(),
        node.attachedAssetId(),
        node.status(),
        node.displayOrder());
  }

  NodeDraft group(String parent) {
    return new NodeDraft(
        GROUP,
        Optional.of(id(parent)),
        "row",
        NodeType.VIRTUAL,
        Optional.empty(),
        Optional.empty(),
        MicrogridNode.Status.ACTIVE,
        0);
  }

  SetNodeLimit limit(Optional<UUID> limitId, String node, int watts, Status status) {
    return new SetNodeLimit(
        limitId,
        Optional.of(id(node)),
        ConstraintType.CONSUMPTION_CAP,
        watts,
        Optional.empty(),
        SourceType.MANUAL,
        status,
        "tester",
        "c-1");
  }

  NodeLimit stored(SetNodeLimit question) {
    NodeLimitReply reply = ask(TopologyAddresses.SET_NODE_LIMIT, question);
    return ((NodeLimitReply.Stored) reply).limit();
  }

  SaveControlPoint point(String node, CapabilityType type, ControlSource source) {
    boolean local = source == ControlSource.LOCAL;
    return new SaveControlPoint(
        Optional.empty(),
        Optional.of(id(node)),
        type,
        State.enabled,
        source,
        "for a test",
        local ? Optional.of(Map.of("target", Map.of("watts", 5))) : Optional.empty(),
        local ? Optional.empty() : Optional.of("OSCP_CONFIGURATION"),
        Optional.empty(),
        Optional.empty(),
        "tester",
        "c-1");
  }

  static SaveControlPoint withSchedule(SaveControlPoint point) {
    return new SaveControlPoint(
        point.controlPointId(),
        point.nodeId(),
        point.capabilityType(),
        point.state(),
        point.controlSource(),
        point.description(),
        point.localConfig(),
        point.externalConfigType(),
        point.externalConfigRef(),
        Optional.of("nights"),
        point.actor(),
        point.correlationId());
  }

  ControlPoint saved(SaveControlPoint question) {
    ControlPointReply reply = ask(TopologyAddresses.SAVE_CONTROL_POINT, question);
    return ((ControlPointReply.Saved) reply).controlPoint();
  }
}
