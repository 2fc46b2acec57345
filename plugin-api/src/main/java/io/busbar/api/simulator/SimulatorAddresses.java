package io.busbar.api.simulator;

import io.busbar.api.Request;

/** Driving the simulator. Keyed by {@code microgrid_id}. Since 0.1. */
public interface SimulatorAddresses {

  /** Replaces the stays that the simulator will play on a site. */
  Request<PlayStays, PlayReply> PLAY =
      Request.of("simulator.play.v1", PlayStays.class, PlayReply.class);

  /** What has happened on a site since the simulator began. */
  Request<GetRecord, FieldRecord> RECORD =
      Request.of("simulator.record.v1", GetRecord.class, FieldRecord.class);
}
