/**
 * How decisions reach devices so that at no instant they are allowed to draw more than the limits
 * have room for, whatever is slow, lost or refused on the way. Pure: {@link
 * io.busbar.balancing.apply.Ledger} says what may be sent next, and is told what came of it.
 */
package io.busbar.balancing.apply;
