/** What the kernel itself answers and tells. */
package io.busbar.api.kernel;
