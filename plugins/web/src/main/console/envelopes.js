import { html, nothing } from 'lit';
import { Part } from './element.js';
import { kilowatts, words } from './format.js';

const SHOWN = 8;
const HEALTH = { ONLINE: 'charging', STALE: 'curtailed', OFFLINE: 'alarm' };
const GAP = { CIRCUIT_DEFAULT: 'no limit', FAIL_SAFE: 'the fail-safe capacity', HOLD_LAST: 'its last value', FALLBACK_FORECAST: 'its fallback' };

/** Limits from outside: which hold or are next, and how well those are that send them. */
class BusbarEnvelopes extends Part {
  static properties = { site: { attribute: false }, tick: {} };

  render() {
    const { outside, times } = this.site;
    if (!outside.there) return nothing;
    const lines = outside.lines();
    const beyond = lines.length - SHOWN;
    return html`<section class="panel envelopes" data-testid="envelopes" aria-label="Limits from outside">
      <header><h2>Limits from outside</h2></header>
      ${outside.fault ? html`<p class="state alarm" role="alert">not answered, as of ${times.clock(outside.now)}: ${outside.fault}</p>` : nothing}
      ${lines.length ? this.table(lines.slice(0, SHOWN)) : html`<p class="note">No envelope is active or scheduled.</p>`}
      ${beyond > 0 ? html`<p class="note">and ${beyond}${outside.more ? ' or more' : ''} later or looser</p>` : nothing}
      ${outside.sources.length ? this.sources() : nothing}</section>`;
  }

  table(lines) {
    return html`<table><thead><tr><th>Node</th><th class="n">Limit</th><th>From – until</th><th>Source</th><th>State</th></tr></thead><tbody>
      ${lines.map((line) => this.line(line))}</tbody></table>`;
  }

  line(line) {
    const { site } = this;
    const state = this.state(line);
    return html`<tr><th scope="row"><a href="#/site/${site.microgrid.microgrid_id}/node/${line.nodeId}">${site.byId.get(line.nodeId)?.name ?? 'gone'}</a> <span class="note">${words(line.type)}</span></th>
      <td class="n">${kilowatts(line.watts)}</td>
      <td>${line.from === null ? 'until the source says more' : site.times.span(line.from, line.until)}${line.then ? html` <span class="note">then ${kilowatts(line.then.watts)}</span>` : nothing}</td>
      <td class="ref">${line.source}${line.kind ? html` <span class="note">${line.kind}</span>` : nothing}</td>
      <td><span class="state ${state.kind}">${state.word}</span></td></tr>`;
  }

  /** One word for a limit, and the mark that stands for it. */
  state(line) {
    if (line.pending) return { word: line.word, kind: 'waiting' };
    if (!line.holds) return { word: `${line.word}, no block now`, kind: 'idle' };
    if (!line.counts) return { word: `${line.word}, not in force`, kind: 'idle' };
    if (this.site.isBoundBy(line.nodeId, line.ref)) return { word: `${line.word}, binds`, kind: 'curtailed' };
    const own = this.site.ownLimit(line.nodeId, line.type);
    if (own && own.limit_watts <= line.watts) return { word: `${line.word}, the node's own is lower`, kind: 'idle' };
    return { word: line.word, kind: 'charging' };
  }

  sources() {
    const { outside, times } = this.site;
    return html`<h3>Sources</h3><table data-testid="envelope-sources"><tbody>
      ${outside.sources.map((source) => html`<tr><th scope="row">${outside.sourceName(source.control_point_id)}</th>
        <td><span class="state ${HEALTH[source.health]}">${words(source.health)}</span></td>
        <td>${source.last_seen_at ? `heard ${times.moment(Date.parse(source.last_seen_at))}` : 'never heard'}</td>
        <td>${source.health === 'ONLINE' ? `in gaps: ${GAP[source.gap_policy]}` : 'meanwhile: its fallback, else the fail-safe capacity'}</td></tr>`)}</tbody></table>`;
  }
}
customElements.define('busbar-envelopes', BusbarEnvelopes);
