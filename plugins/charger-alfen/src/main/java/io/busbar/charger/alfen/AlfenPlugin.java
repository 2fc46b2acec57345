package io.busbar.charger.alfen;

import io.busbar.modbus.plugin.ModbusChargerPlugin;

/** Drives chargers of Alfen, as {@code registers.yaml} describes them. */
public final class AlfenPlugin extends ModbusChargerPlugin {}
