package io.busbar.api.audit;

import io.busbar.api.Request;

/** The append-only history of every plugin that stores. Since 0.2. */
public interface AuditAddresses {

  /**
   * A page of one plugin's audit, newest first; keyed by plugin id. Whoever stores answers, as
   * every plugin keeps the audit in its own schema, in the transaction of the change itself. Pages
   * of several plugins are merged by {@link AuditPlace}, which orders all of them alike.
   */
  Request<GetAudit, AuditPage> PAGE =
      Request.of("audit.page.v1", GetAudit.class, AuditPage.class).perKey();
}
