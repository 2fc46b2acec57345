package io.busbar.api.capability;

import io.busbar.api.Request;
import io.busbar.api.Topic;
import java.time.Duration;

/** Statuses of capabilities: reported by controllers, read by operators. Since 0.2. */
public interface CapabilityAddresses {

  /**
   * Appends one status to the history of a control point. Answered once it is stored for good; the
   * same one again, also at the same time, is one event. Any adapter may ask.
   */
  Request<RecordStatus, RecordReply> RECORD =
      Request.of("capability.record_status.v1", RecordStatus.class, RecordReply.class)
          .within(Duration.ofSeconds(15));

  /** A page of a control point's history, newest first. */
  Request<GetHistory, HistoryReply> HISTORY =
      Request.of("capability.history.v1", GetHistory.class, HistoryReply.class)
          .within(Duration.ofSeconds(15));

  /** The latest status of every control point of a microgrid that ever reported one. */
  Request<GetProjection, ProjectionList> PROJECTION =
      Request.of("capability.projection.v1", GetProjection.class, ProjectionList.class);

  /** A status was recorded; keyed by {@code microgrid_id}. */
  Topic<StatusRecorded> RECORDED =
      Topic.of("microgrid.capability_status.recorded.v1", StatusRecorded.class);
}
