/** One connector of a Modbus charger: polled, steered, watched. Knows register maps, no vendors. */
package io.busbar.modbus.charger;
