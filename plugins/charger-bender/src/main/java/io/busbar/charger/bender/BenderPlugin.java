package io.busbar.charger.bender;

import io.busbar.modbus.plugin.ModbusChargerPlugin;

/** Drives chargers of Bender CC612 family, as {@code registers.yaml} describes them. */
public final class BenderPlugin extends ModbusChargerPlugin {}
