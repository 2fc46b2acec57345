/**
 * What a kind of charger says in its registers, as data: {@code registers.yaml} read, checked and
 * put into types.
 */
package io.busbar.modbus.map;
