/**
 * Simulated Modbus chargers, made of the register maps that drivers read real ones by, and servers
 * that answer for them or misbehave.
 */
package io.busbar.modbus.simulation;
