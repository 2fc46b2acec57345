/**
 * One connection to one device or gateway, and who may use it when: a queue with priorities, pauses
 * after failures, and counts of what happened.
 */
package io.busbar.modbus.lane;
