/**
 * Translates what older consumers say of circuits into questions about microgrids. {@link
 * io.busbar.compat.TouCalendar} and {@link io.busbar.compat.Aliases} decide; both are pure.
 */
package io.busbar.compat;
