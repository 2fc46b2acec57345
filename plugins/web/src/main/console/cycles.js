import { html } from 'lit';
import { Part } from './element.js';
import { kilowatts, words } from './format.js';

const SHOWN = 12;

/** The newest cycles: what each decided, and why. */
class BusbarCycles extends Part {
  static properties = { site: { attribute: false }, tick: {} };

  render() {
    return html`<section class="panel" data-testid="cycle-list" aria-label="Cycles"><header><h2>Cycles</h2></header>
      <table><thead><tr><th>Time</th><th>Outcome</th><th>Reasons</th><th class="n">Wanted</th><th class="n">Given</th></tr></thead><tbody>
      ${this.site.cycles.slice(0, SHOWN).map((cycle) => html`<tr><td class="n">${this.site.times.second(cycle.started_at)}</td>
        <td><span class="state ${cycle.outcome === 'CURTAILED' ? 'curtailed' : cycle.outcome === 'REJECTED' ? 'alarm' : 'charging'}">${words(cycle.outcome)}</span></td>
        <td class="reasons">${cycle.reason_codes.map(words).join(', ') || '–'}</td>
        <td class="n">${kilowatts(cycle.allocation_summary.requested_watts)}</td>
        <td class="n">${kilowatts(cycle.allocation_summary.allocated_watts)}</td></tr>`)}</tbody></table></section>`;
  }
}
customElements.define('busbar-cycles', BusbarCycles);
