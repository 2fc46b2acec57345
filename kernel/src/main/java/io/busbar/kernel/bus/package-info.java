/** The bus of wall-clock time, and each plugin's view of a bus. */
package io.busbar.kernel.bus;
