package io.busbar.oscp;

import io.busbar.api.PluginContext;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ControlPointReply;
import io.busbar.api.topology.ListControlPoints;
import io.busbar.api.topology.SaveControlPoint;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sources of envelopes: the control point that the settings name, else the one that says of itself
 * that it belongs to the group; when there is none it is made.
 */
final class ControlPoints {

  private static final Logger LOG = LoggerFactory.getLogger(ControlPoints.class);
  private static final String KIND = "OSCP_CONFIGURATION";

  private final PluginContext context;
  private final Map<String, UUID> found = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  ControlPoints(PluginContext context) {
    this.context = context;
  }

  /** The source of a group; empty until it is known, which is asked for. */
  Optional<UUID> of(ConnectionConfig connection, GroupBinding group) {
    if (group.controlPointId().isPresent()) {
      return group.controlPointId();
    }
    String reference = connection.id() + "/" + group.groupId();
    UUID known = found.get(reference);
    if (known == null && asked.add(reference)) {
      find(reference, connection, group);
    }
    return Optional.ofNullable(found.get(reference));
  }

  private void find(String reference, ConnectionConfig connection, GroupBinding group) {
    context
        .bus()
        .ask(TopologyAddresses.CONTROL_POINTS.at(group.microgridId()), new ListControlPoints())
        .onSuccess(
            list -> {
              Optional<ControlPoint> ours =
                  list.controlPoints().stream()
                      .filter(point -> point.externalConfigRef().equals(Optional.of(reference)))
                      .filter(point -> point.externalConfigType().equals(Optional.of(KIND)))
                      .findFirst();
              ours.ifPresentOrElse(
                  point -> found.put(reference, point.controlPointId()),
                  () -> make(reference, connection, group));
            })
        .onFailure(fault -> again(reference, fault.getMessage()));
  }

  private void make(String reference, ConnectionConfig connection, GroupBinding group) {
    SaveControlPoint save =
        new SaveControlPoint(
            Optional.empty(),
            Optional.of(group.nodeId()),
            ControlPoint.CapabilityType.LOAD_BALANCING,
            ControlPoint.State.enabled,
            ControlPoint.ControlSource.EXTERNAL,
            "Limits of " + connection.name(),
            Optional.empty(),
            Optional.of(KIND),
            Optional.of(reference),
            Optional.empty(),
            context.pluginId(),
            reference);
    context
        .bus()
        .ask(TopologyAddresses.SAVE_CONTROL_POINT.at(group.microgridId()), save)
        .onSuccess(
            reply -> {
              switch (reply) {
                case ControlPointReply.Saved saved ->
                    found.put(reference, saved.controlPoint().controlPointId());
                case ControlPointReply.NotFound none -> again(reference, none.toString());
                case ControlPointReply.Invalid invalid ->
                    again(reference, invalid.violations().toString());
              }
            })
        .onFailure(fault -> again(reference, fault.getMessage()));
  }

  /** Whoever asks next asks topology again. */
  private void again(String reference, String why) {
    LOG.warn("there is no control point for group {} yet: {}", reference, why);
    asked.remove(reference);
  }
}
