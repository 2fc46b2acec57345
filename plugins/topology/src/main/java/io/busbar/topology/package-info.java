/** Sites: their assets, the electrical tree derived from them, and its baseline limits. */
package io.busbar.topology;
