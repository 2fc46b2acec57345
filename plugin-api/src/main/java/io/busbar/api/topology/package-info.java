/** Sites, their electrical tree and its limits. */
package io.busbar.api.topology;
