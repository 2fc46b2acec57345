import { html, nothing } from 'lit';
import { Part } from './element.js';
import { get } from './api.js';
import { kilowatts, words } from './format.js';
import './session.js';

const BASELINE = { PHYSICAL_DERIVED: 'by rating', MANUAL: 'set by an operator', FAIL_SAFE: 'its fail-safe capacity', STATIC_POLICY: 'by a fixed policy' };

/** One node: why it got what it got. */
class BusbarDetail extends Part {
  static properties = { site: { attribute: false }, nodeId: {}, cycleId: {}, tick: {}, explained: { state: true }, fault: { state: true } };

  updated(changed) {
    if (changed.has('nodeId') || changed.has('cycleId')) this.ask();
  }

  async ask() {
    const asked = this.nodeId;
    try {
      const path = `/api/microgrid/${this.site.microgrid.microgrid_id}/cycles/latest/explain?node_id=${asked}`;
      const answer = await get(path);
      if (asked === this.nodeId) Object.assign(this, { explained: answer, fault: null });
    } catch (fault) {
      this.fault = fault.message;
    }
  }

  render() {
    const node = this.site.byId.get(this.nodeId);
    if (!node) return html`<section class="panel"><p>This node is not part of the site any more.</p></section>`;
    const answer = this.explained?.node_id === this.nodeId ? this.explained : null;
    return html`<section class="panel" data-testid="node-detail" aria-label="Details of ${node.name}">
      <header><h2>${node.name}</h2><a class="close" href="#/site/${this.site.microgrid.microgrid_id}" aria-label="Close details">✕</a></header>
      ${this.fault ? html`<p class="note">${this.fault}</p>` : nothing}
      ${answer ? this.answer(answer) : html`<p class="note">Asking…</p>`}
      ${this.limits(node, answer?.path[0])}
      ${this.site.isConnector(node) ? this.vehicle(node) : nothing}
      ${node.attached_asset_type ? this.asset(node) : nothing}</section>`;
  }

  /** What the node stands for: the asset it was derived from, and that one's own ratings. */
  asset(node) {
    const meters = this.site.meters.filter((meter) => meter.node_id === node.node_id);
    return html`<h3>Source asset</h3><dl data-testid="source-asset">
      <dt>${words(node.attached_asset_type)}</dt><dd>${node.asset?.ref ?? node.attached_asset_id}</dd>
      ${node.asset ? html`<dt>rated</dt><dd>${kilowatts(node.asset.rated_watts)}</dd><dt>fail-safe</dt><dd>${kilowatts(node.asset.fail_safe_watts)}</dd>` : nothing}
      ${meters.map((meter) => html`<dt>meter</dt><dd>${meter.ref}</dd>`)}</dl>`;
  }

  answer(answer) {
    return html`<p class="sentence" data-testid="explain-sentence">${answer.sentence}</p>
      <p class="note">Decided at ${this.site.times.second(answer.started_at)}; demand ${answer.source_mode === 'MEASURED' ? 'measured' : 'derived, because a measurement is missing'}.</p>
      <h3>The way up</h3>
      <table><thead><tr><th>Node</th><th class="n">Limit</th><th class="n">Allocated</th><th class="n">Other load</th><th class="n">Left</th></tr></thead><tbody>
      ${answer.path.map((step) => html`<tr class="${step.binds ? 'binds' : ''}"><th scope="row">${step.name}${step.binds ? html` <span class="state curtailed">binds</span>` : nothing}</th>
        <td class="n">${kilowatts(step.limit_watts)}</td><td class="n">${kilowatts(step.allocated_watts)}</td>
        <td class="n">${kilowatts(step.uncontrolled_watts)}</td><td class="n">${kilowatts(step.headroom_watts)}</td></tr>`)}</tbody></table>
      ${answer.shared_with.length ? this.sharers(answer.shared_with) : nothing}`;
  }

  sharers(sharers) {
    return html`<details><summary>Shares it with ${sharers.length} ${sharers.length === 1 ? 'other' : 'others'}</summary>
      <table><tbody>${sharers.map((other) => html`<tr><th scope="row">${other.name}</th><td class="n">${kilowatts(other.allocated_watts)}</td>
        <td>of ${kilowatts(other.requested_watts)}</td></tr>`)}</tbody></table></details>`;
  }

  /** What bounds the node itself now, and where each of it comes from. */
  limits(node, decided) {
    const limits = this.site.limitsAt(node.node_id);
    // what the last cycle fell back to while nobody could be asked
    const unknown = decided?.limit_ref?.startsWith('fail-safe:') && !limits.some((limit) => limit.fromOutside);
    return html`<h3>Limit of this node</h3><dl class="own-limits" data-testid="node-limits">
      ${unknown ? html`<dt>consumption cap</dt><dd>${kilowatts(decided.limit_watts)} <span class="state curtailed">fail-safe</span> in the last cycle: limits from outside were not known</dd>` : nothing}
      ${limits.map((limit) => html`<dt>${words(limit.type)}</dt><dd>${limit.fromOutside ? this.outside(limit) : this.baseline(limit)}</dd>`)}
      ${limits.length || unknown ? nothing : html`<dt>none</dt><dd>bounded only by the way up</dd>`}</dl>`;
  }

  baseline(limit) {
    return html`${kilowatts(limit.watts)} <span class="state idle">baseline</span> ${BASELINE[limit.own.source_type]}
      ${limit.outside ? html`<span class="note">${this.said(limit.outside)}, which is looser</span>` : nothing}`;
  }

  outside(limit) {
    const { kind, from } = this.origin(limit.outside);
    const until = limit.outside.sources[0]?.until;
    return html`${kilowatts(limit.watts)} <span class="state curtailed">${kind}</span> ${from}${until ? ` until ${this.site.times.moment(Date.parse(until))}` : ''}
      <span class="note">${limit.own ? `baseline ${kilowatts(limit.own.limit_watts)}, ${BASELINE[limit.own.source_type]}` : 'no baseline'}</span>`;
  }

  origin(limit) {
    return this.site.outside.origin(limit.constraint_ref, limit.sources[0]?.control_point_id);
  }

  said(limit) {
    const { kind, from } = this.origin(limit);
    return `${kind} ${from}: ${kilowatts(limit.limit_watts)}`;
  }

  vehicle(node) {
    const reading = this.site.readings.get(node.node_id);
    return html`<h3>Device</h3><dl>
      <dt>Draws</dt><dd>${kilowatts(reading?.power_watts)}</dd>
      <dt>Set-point read back</dt><dd>${kilowatts(reading?.limit_watts)}</dd></dl>
      <busbar-session .site=${this.site} .nodeId=${this.nodeId} .tick=${this.cycleId + JSON.stringify(this.site.sessions.get(this.nodeId) ?? null)}></busbar-session>`;
  }
}
customElements.define('busbar-detail', BusbarDetail);
