package io.busbar.api.balancing;

import java.util.UUID;

/** Reply to {@link GetSession}. */
public sealed interface GetSessionReply {

  /** The session. */
  record Found(SiteSession session) implements GetSessionReply {}

  /** This microgrid has no such session, or it is not kept any more. */
  record NotFound(UUID sessionId) implements GetSessionReply {}
}
