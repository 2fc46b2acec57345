package io.busbar.api.field;

/**
 * One thing wrong with a device.
 *
 * @param code stable machine name: {@code OFFLINE}, {@code DEVICE} (it says so itself), {@code
 *     NOT_OBEYED}, {@code READ_BACK_DIFFERS}, {@code REFUSED}, {@code UNSAFE_FALLBACK}, {@code
 *     NO_WATCHDOG}, {@code SETUP_DIFFERS}, {@code IMPLAUSIBLE}, {@code REGISTER_MISSING}, {@code
 *     DECISION_TOO_OLD}
 * @param text what is wrong and, where somebody can do something about it, what
 */
public record DeviceFault(String code, String text) {}
