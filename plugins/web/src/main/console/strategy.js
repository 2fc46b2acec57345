import { html, nothing } from 'lit';
import { Part } from './element.js';
import { mayOperate, post } from './api.js';
import { words } from './format.js';

const STRATEGIES = ['EQUAL_SHARE', 'PRIORITY', 'FIRST_COME_FIRST_SERVED', 'EARLIEST_DEADLINE', 'LEAST_LAXITY', 'PROPORTIONAL_NEED'];

/** Who goes first at this site; operators can choose another rule. */
class BusbarStrategy extends Part {
  static properties = { site: { attribute: false }, tick: {}, fault: { state: true }, busy: { state: true } };

  render() {
    const { settings } = this.site;
    const chosen = settings.chosen_strategy ?? '';
    return html`<label class="strategy">Strategy <select data-testid="strategy" ?disabled=${this.busy || !mayOperate()} title=${mayOperate() ? nothing : 'Only an operator may choose another'} .value=${chosen} @change=${(e) => this.choose(e.target)}>
        <option value="" ?selected=${chosen === ''}>as configured: ${words(settings.configured_strategy)}</option>
        ${STRATEGIES.map((name) => html`<option value=${name} ?selected=${chosen === name}>${words(name)}</option>`)}</select></label>
      ${this.fault ? html`<span class="state alarm" role="alert">${this.fault}</span>` : nothing}`;
  }

  async choose(select) {
    const strategy = select.value;
    this.busy = true;
    this.fault = null;
    try {
      const answer = await post(`/api/microgrid/${this.site.microgrid.microgrid_id}/balancing`, { strategy: strategy || null, granularity: this.site.settings.chosen_granularity });
      this.site.settings = answer.result;
    } catch (fault) {
      this.fault = fault.message;
      select.value = this.site.settings.chosen_strategy ?? ''; // it stays as it was
    }
    this.busy = false;
    this.requestUpdate();
  }
}
customElements.define('busbar-strategy', BusbarStrategy);
