/**
 * Modbus requests over one socket, each answer checked. Encoding is j2mod's; framing, deadlines and
 * checks are ours, because j2mod takes a late answer, one of another unit and one with a wrong
 * check sum for good.
 */
package io.busbar.modbus.wire;
