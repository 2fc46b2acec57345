package io.busbar.store;

import io.busbar.api.TemporarilyUnavailable;

/**
 * The database did not answer, or not in time. Nothing of the transaction is stored, unless it
 * broke in the very moment of the commit; doing it again must therefore be harmless.
 */
public final class StoreUnavailable extends TemporarilyUnavailable {

  private static final long serialVersionUID = 1L;

  StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
