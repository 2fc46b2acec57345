import { html, nothing } from 'lit';
import { Part } from './element.js';
import { get } from './api.js';
import { kilowattHours, kilowatts, words } from './format.js';

const EVERY = 10000;
const SHOWN = 6;
const STAGE = { ONLINE: 'charging', OFFLINE: 'alarm', FAILED: 'alarm', DEREGISTERED: 'alarm' };

/** Links to grid operators: how each is, what it allows against what is used, and the last messages. */
class BusbarLinks extends Part {
  static properties = { site: { attribute: false }, links: { state: true }, open: { state: true }, exchanges: { state: true } };

  constructor() {
    super();
    Object.assign(this, { links: [], open: null, exchanges: [] });
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.look(), EVERY);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  updated(changed) {
    if (changed.has('site')) this.look();
  }

  get base() { return `/api/microgrid/${this.site.microgrid.microgrid_id}/oscp-connections`; }

  /** Without the plugin there is nothing to show; what is known stays while it cannot be read. */
  async look() {
    if (!this.site) return;
    try {
      this.links = (await get(this.base)).connections;
      if (this.open) this.exchanges = (await get(`${this.base}/${this.open}`)).exchanges.slice(0, SHOWN);
    } catch (fault) {
      if (fault.status === 404) this.links = [];
    }
  }

  toggle(id) {
    this.open = this.open === id ? null : id;
    this.exchanges = [];
    this.look();
  }

  render() {
    if (!this.links.length) return nothing;
    return html`<section class="panel links" data-testid="links" aria-label="Links to grid operators">
      <header><h2>Links to grid operators</h2><span class="note">times in ${this.site.times.zone}</span></header>
      ${this.links.map((link) => this.link(link))}</section>`;
  }

  link(link) {
    const { times } = this.site;
    return html`<h3>${link.name} <span class="state ${STAGE[link.stage] ?? 'waiting'}">${words(link.stage)}</span>
        <span class="note">since ${times.moment(Date.parse(link.since))}</span></h3>
      ${link.problem ? html`<p class="state alarm" role="alert">${link.problem}</p>` : nothing}
      <p class="note">${link.messages_sent} messages delivered, ${link.messages_waiting} waiting${link.oldest_waiting ? html` since ${times.moment(Date.parse(link.oldest_waiting))}` : nothing}
        <button @click=${() => this.toggle(link.connection_id)} aria-expanded=${this.open === link.connection_id}>last messages</button></p>
      <table><thead><tr><th>Group</th><th class="n">Forecast</th><th class="n">In use</th><th class="n">Fallback</th><th class="n">Last window</th></tr></thead><tbody>
        ${link.groups.map((group) => this.group(group))}</tbody></table>
      ${this.open === link.connection_id ? this.messages() : nothing}`;
  }

  group(group) {
    const last = group.windows.at(-1);
    const until = group.limit_until ? html` <span class="note">until ${this.site.times.moment(Date.parse(group.limit_until))}</span>` : nothing;
    return html`<tr><th scope="row">${group.group_id}</th><td class="n">${kilowatts(group.limit_watts)}${until}</td><td class="n">${kilowatts(group.power_watts)}</td>
      <td class="n">${kilowatts(group.fallback_watts)}</td><td class="n">${last ? kilowattHours(last.import_watt_hours) : '–'}</td></tr>`;
  }

  messages() {
    return html`<table data-testid="exchanges"><tbody>${this.exchanges.map((one) => html`<tr><td>${this.site.times.moment(Date.parse(one.at))}</td>
      <td>${one.inbound ? 'in' : 'out'}</td><th scope="row">${one.method} ${words(one.action)}</th><td class="n">${one.status || 'no answer'}</td><td class="ref">${one.remark}</td></tr>`)}</tbody></table>`;
  }
}
customElements.define('busbar-links', BusbarLinks);
