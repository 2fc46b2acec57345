package io.busbar.charger.phoenixcharx;

import io.busbar.modbus.plugin.ModbusChargerPlugin;

/** Drives chargers of Phoenix Contact CHARX, as {@code registers.yaml} describes them. */
public final class PhoenixCharxPlugin extends ModbusChargerPlugin {}
