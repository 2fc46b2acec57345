/** A whole driver plugin, for which a vendor's jar brings a register map and at most a quirk. */
package io.busbar.modbus.plugin;
