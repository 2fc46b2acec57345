package io.busbar.charger.heidelberg;

import io.busbar.modbus.plugin.ModbusChargerPlugin;

/** Drives chargers of Heidelberg and Amperfied, as {@code registers.yaml} describes them. */
public final class HeidelbergPlugin extends ModbusChargerPlugin {}
