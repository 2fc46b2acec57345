/** Who changed what, when and why: the history that nobody can change. */
package io.busbar.api.audit;
