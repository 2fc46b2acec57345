/**
 * The only classes that a plugin and the kernel share: addresses, the bus, the entry point. No
 * algorithms, and no third-party type besides Vert.x core.
 */
package io.busbar.api;
