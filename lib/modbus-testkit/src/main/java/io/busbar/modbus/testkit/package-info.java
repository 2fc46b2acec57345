/** Simulated Modbus chargers, made of register maps, and the tests that drivers of them pass. */
package io.busbar.modbus.testkit;
