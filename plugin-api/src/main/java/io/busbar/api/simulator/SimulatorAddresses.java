package io.busbar.api.simulator;

import io.busbar.api.Request;
import io.busbar.api.Topic;

/** Driving the simulator. Keyed by {@code microgrid_id}. Since 0.1. */
public interface SimulatorAddresses {

  /** Replaces the stays that the simulator will play on a site; who is there leaves at once. */
  Request<PlayStays, PlayReply> PLAY =
      Request.of("simulator.play.v1", PlayStays.class, PlayReply.class);

  /** What has happened on a site since the simulator began. */
  Request<GetRecord, FieldRecord> RECORD =
      Request.of("simulator.record.v1", GetRecord.class, FieldRecord.class);

  /** Begins or ends a degradation of readings or devices. */
  Request<Degrade, DegradeReply> DEGRADE =
      Request.of("simulator.degrade.v1", Degrade.class, DegradeReply.class);

  /** What every node physically carries; told with every sample, never degraded. */
  Topic<NodeLoads> LOADS = Topic.of("simulator.loads.v1", NodeLoads.class);
}
