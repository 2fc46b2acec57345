package io.busbar.balancing.allocation;

/** Whether a request has to be admitted as soon as its turn comes. */
public enum Patience {
  /** In its turn, where its minimum fits. */
  DUE,
  /** Before all others: it is charging and is not to be switched off so soon. */
  HELD,
  /** In its turn, but only where power would be left unused without it. */
  CAN_WAIT
}
