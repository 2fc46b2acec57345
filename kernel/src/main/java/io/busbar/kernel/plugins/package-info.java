/** Finding, checking, starting, watching and ending plugins. */
package io.busbar.kernel.plugins;
