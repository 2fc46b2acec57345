import { html, nothing } from 'lit';
import { Part } from './element.js';
import { get, health, signIn, signOut, takeTokenFromAddress, token } from './api.js';
import { kilowatts, words } from './format.js';
import { Site } from './site.js';
import { Stream } from './stream.js';
import './tree.js';
import './strategy.js';
import './detail.js';
import './envelopes.js';
import './links.js';
import './cycles.js';
import './chart.js';

const HEALTH_EVERY = 10000;
const TRY_AGAIN = 3000;

/** The console: signs in, follows one site, shows it. */
class BusbarConsole extends Part {
  static properties = { sites: { state: true }, site: { state: true }, tick: { state: true }, link: { state: true },
    parts: { state: true }, fault: { state: true }, theme: { state: true }, nodeId: { state: true } };

  constructor() {
    super();
    Object.assign(this, { sites: [], tick: 0, link: 'connecting', parts: null });
    const asked = new URLSearchParams(location.search).get('theme');
    this.theme = asked ?? localStorage.getItem('busbar-theme') ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');
    document.documentElement.dataset.theme = this.theme;
    takeTokenFromAddress();
    addEventListener('hashchange', () => { takeTokenFromAddress(); this.route(); });
    setInterval(() => this.look(), HEALTH_EVERY);
    if (token()) this.begin();
  }

  async begin() {
    try {
      this.sites = (await get('/api/depots')).sites;
      this.fault = null;
      this.look();
      this.route();
    } catch (fault) {
      if (fault.status === 401) signOut();
      else setTimeout(() => this.begin(), TRY_AGAIN);
      this.fault = fault.message;
    }
  }

  async look() {
    try {
      this.parts = await health();
      await this.site?.look();
      this.tick++;
    } catch {
      this.parts = null;
    }
  }

  async route() {
    if (!this.sites.length) return token() ? this.requestUpdate() : undefined;
    const [, id, node] = location.hash.match(/^#\/site\/([0-9a-f-]+)(?:\/node\/([0-9a-f-]+))?/) ?? [];
    const wanted = this.sites.find((site) => site.microgrid_id === id) ?? this.sites.find((site) => /garage/i.test(site.name)) ?? this.sites[0];
    this.nodeId = node ?? null;
    if (this.following !== wanted.microgrid_id) await this.follow(wanted.microgrid_id);
  }

  async follow(microgridId) {
    this.stream?.stop();
    this.link = 'connecting';
    this.following = microgridId;
    try {
      const site = await Site.load(microgridId);
      if (this.following !== microgridId) return; // another one was chosen meanwhile
      this.site = site;
      this.fault = null;
    } catch (fault) {
      if (this.following !== microgridId) return;
      this.fault = `${fault.message}; trying again`;
      setTimeout(() => this.following === microgridId && this.follow(microgridId), TRY_AGAIN);
      return;
    }
    this.stream = new Stream(microgridId, (name, event) => this.take(name, event), (state) => { this.link = state; });
  }

  async take(name, event) {
    if (name === 'topology_updated' || name === 'node_limit_updated') {
      this.site = await Site.load(this.site.microgrid.microgrid_id);
    } else {
      this.site.take(name, event);
      if (this.site.outside.isToldBy(name)) this.site.outside.look().then(() => this.tick++);
    }
    this.tick++;
  }

  render() {
    if (!token()) return this.door();
    if (!this.site) return html`<main class="empty"><p>${this.fault ?? (this.sites.length ? 'Loading the site…' : 'No site yet: import one with PUT /api/depot/{depot_id}.')}</p></main>`;
    return html`${this.head()}<main class="${this.link === 'live' ? '' : 'stale'} ${this.nodeId ? 'with-detail' : ''}">
      <div class="left">${this.figures()}<section class="panel"><header><h2>Tree</h2><busbar-strategy .site=${this.site} .tick=${this.tick}></busbar-strategy></header><busbar-tree .site=${this.site} .tick=${this.tick} .selected=${this.nodeId}></busbar-tree></section></div>
      <div class="right">${this.nodeId ? html`<busbar-detail .site=${this.site} .nodeId=${this.nodeId} .cycleId=${this.site.cycle?.cycle_id} .tick=${this.tick}></busbar-detail>` : nothing}
        <busbar-chart .site=${this.site} .tick=${this.tick} .theme=${this.theme}></busbar-chart>
        <busbar-envelopes .site=${this.site} .tick=${this.tick}></busbar-envelopes>
        <busbar-links .site=${this.site}></busbar-links>
        <busbar-cycles .site=${this.site} .tick=${this.tick}></busbar-cycles>${this.alertPanel()}${this.healthPanel()}</div></main>`;
  }

  head() {
    const lost = this.link === 'lost';
    return html`<header class="top"><h1>Busbar</h1>
      <label>Site <select data-testid="site-switch" @change=${(e) => { location.hash = `#/site/${e.target.value}`; }}>
        ${this.sites.map((site) => html`<option value=${site.microgrid_id} ?selected=${site.microgrid_id === this.site.microgrid.microgrid_id}>${site.name}</option>`)}</select></label>
      <span class="grow"></span>${this.trouble()}
      <span class="state ${lost ? 'alarm' : this.link === 'live' ? 'charging' : 'idle'}" data-testid="connection" role="status">${lost ? 'connection lost: numbers are old' : this.link}</span>
      <button @click=${this.switchTheme} aria-label="Switch to ${this.theme === 'dark' ? 'light' : 'dark'}">${this.theme === 'dark' ? '☀' : '☾'}</button>
      <a href="/swagger-ui">API</a></header>
      ${this.site.breaches.map((breach) => html`<p class="breach" role="alert">Over a limit: ${this.site.byId.get(breach.node_id)?.name ?? 'site'} measured
        ${kilowatts(breach.effective_demand_watts)} of ${kilowatts(breach.resolved_limit_watts)} since ${new Date(breach.detected_at).toLocaleTimeString()}</p>`)}`;
  }

  /** What is down, where nobody has to scroll for it. */
  trouble() {
    const down = this.parts?.components.filter((part) => part.status !== 'UP') ?? [];
    if (!down.length) return nothing;
    return html`<span class="state alarm" data-testid="trouble" title=${down.map((part) => part.message).join('; ')}>${down[0].name} ${down[0].status.toLowerCase()}${down.length > 1 ? ` and ${down.length - 1} more` : ''}</span>`;
  }

  figures() {
    const states = this.site.connectors().map((node) => this.site.state(node).kind);
    const count = (kind) => states.filter((state) => state === kind).length;
    const power = this.site.power();
    const limit = this.site.limit();
    return html`<section class="figures" aria-label="Site now">
      <div><b data-testid="site-power">${kilowatts(power)}</b><span>of ${kilowatts(limit)} · ${limit ? Math.round((100 * power) / limit) : 0} %</span></div>
      <div><b>${count('charging')}</b><span class="state charging">charging</span></div>
      <div><b>${count('curtailed')}</b><span class="state curtailed">curtailed</span></div>
      <div><b>${count('waiting')}</b><span class="state waiting">waiting</span></div>
      <div><b>${count('idle')}</b><span class="state idle">free or satisfied</span></div></section>`;
  }

  /** What needs a person; breaches stand at the top already. */
  alertPanel() {
    const alerts = this.site.alerts.filter((alert) => alert.kind !== 'BREACH_OPEN');
    if (!alerts.length) return nothing;
    return html`<section class="panel" data-testid="alerts" aria-label="Alerts"><header><h2>Needs attention</h2></header><table><tbody>
      ${alerts.map((alert) => html`<tr><th scope="row">${this.site.byId.get(alert.node_id)?.name ?? alert.ref}</th><td><span class="state ${alert.kind === 'FALLBACK_IN_USE' ? 'curtailed' : 'alarm'}">${words(alert.kind)}</span></td><td class="reasons">${alert.message}</td></tr>`)}</tbody></table></section>`;
  }

  healthPanel() {
    if (!this.parts) return nothing;
    return html`<section class="panel" aria-label="Health"><header><h2>Health</h2></header><table><tbody>
      ${this.parts.components.map((part) => html`<tr><th scope="row">${part.name}</th><td><span class="state ${part.status === 'UP' ? 'charging' : 'alarm'}">${part.status.toLowerCase()}</span></td><td class="reasons">${part.message}</td></tr>`)}</tbody></table></section>`;
  }

  door() {
    return html`<main class="empty"><form data-testid="sign-in" @submit=${(e) => { e.preventDefault(); signIn(e.target.elements.token.value); this.begin(); this.requestUpdate(); }}>
      <h1>Busbar</h1><p>Use the link that Busbar printed when it started, or paste a token.</p>
      ${this.fault ? html`<p class="breach" role="alert">${this.fault}</p>` : nothing}
      <label>Token <input name="token" type="password" autocomplete="off" required></label><button>Sign in</button></form></main>`;
  }

  switchTheme() {
    this.theme = this.theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem('busbar-theme', this.theme);
    document.documentElement.dataset.theme = this.theme;
  }
}
customElements.define('busbar-console', BusbarConsole);
