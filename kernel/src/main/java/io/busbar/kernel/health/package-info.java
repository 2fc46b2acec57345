/** How everything is, and how much of it there is. */
package io.busbar.kernel.health;
