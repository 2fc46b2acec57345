import { html, nothing } from 'lit';
import { Part } from './element.js';
import { get, mayOperate, post } from './api.js';
import { kilowattHours, kilowatts } from './format.js';
import { wrong } from './needs.js';

/** The stay of a vehicle at one connector: what it needs, and a form to say otherwise. */
class BusbarSession extends Part {
  static properties = { site: { attribute: false }, nodeId: {}, tick: {}, session: { state: true }, editing: { state: true }, fault: { state: true } };

  updated(changed) {
    if (changed.has('nodeId')) Object.assign(this, { session: null, editing: false, fault: null });
    if (!this.editing && (changed.has('nodeId') || changed.has('tick') || changed.has('editing'))) this.ask();
  }

  get path() {
    return `/api/microgrid/${this.site.microgrid.microgrid_id}/sessions`;
  }

  async ask() {
    const asked = this.nodeId;
    try {
      const page = await get(`${this.path}?active=true&node_id=${asked}`);
      if (asked === this.nodeId && !this.editing) this.session = page.sessions[0] ?? null;
    } catch (fault) {
      this.fault = fault.message;
    }
  }

  render() {
    const { session } = this;
    return html`<h3>Session</h3>${this.fault ? html`<p class="state alarm" role="alert" data-testid="session-fault">${this.fault}</p>` : nothing}
      ${this.editing ? this.form(session) : session ? this.facts(session) : html`<p class="note">None. ${mayOperate() ? html`<button data-testid="session-begin" @click=${this.edit}>Begin one</button>` : nothing}</p>`}`;
  }

  facts(session) {
    const { dayAndClock } = this.site.times;
    const given = (field) => (session.given[field] === null ? nothing : html` <span class="note">given</span>`);
    return html`<dl data-testid="session">
      <dt>Plugged in since</dt><dd>${dayAndClock(session.plugged_in_at)}</dd>
      <dt>Energy</dt><dd>${session.energy_needed_watt_hours === null ? 'not said' : html`${kilowattHours(session.energy_remaining_watt_hours)} left of ${kilowattHours(session.energy_needed_watt_hours)}`}${given('energy_needed_watt_hours')}</dd>
      <dt>Leaves</dt><dd>${session.departure ? dayAndClock(session.departure) : 'not announced'}${given('departure')}</dd>
      <dt>Priority, weight</dt><dd>${session.priority}${given('priority')}, ${session.weight}${given('weight')}</dd>
      <dt>Vehicle takes at most</dt><dd>${kilowatts(session.vehicle_max_watts)}${given('vehicle_max_watts')}</dd></dl>
      ${mayOperate() ? html`<p class="buttons"><button data-testid="session-edit" @click=${this.edit}>Change</button><button data-testid="session-end" @click=${this.end}>Vehicle is gone</button></p>` : nothing}`;
  }

  /** An empty field is left to the device. */
  form(session) {
    const given = session?.given ?? {};
    const field = (name, label, value, hint, step = 'any') => html`<label>${label}<input name=${name} type=${name === 'departure' ? 'datetime-local' : 'number'}
      step=${step} .value=${value ?? ''} placeholder=${hint ?? ''}></label>`;
    const thousandth = (value) => (value === null || value === undefined ? '' : value / 1000);
    return html`<form class="needs" data-testid="session-form" novalidate @submit=${this.save}>
      ${field('energy', 'Energy needed, kWh', thousandth(given.energy_needed_watt_hours), session?.energy_needed_watt_hours && thousandth(session.energy_needed_watt_hours))}
      ${field('departure', 'Leaves', given.departure ? this.site.times.toField(given.departure) : '', '', '60')}
      ${field('priority', 'Priority', given.priority, session?.priority ?? 0, '1')}
      ${field('weight', 'Weight', given.weight, session?.weight ?? 1)}
      ${field('power', 'Vehicle takes at most, kW', thousandth(given.vehicle_max_watts), thousandth(session?.vehicle_max_watts))}
      <p class="note">${session ? 'An empty field is left to the device.' : 'All of it may stay empty.'}</p>
      <p class="buttons"><button data-testid="session-save">Save</button><button type="button" @click=${() => { this.editing = false; }}>Cancel</button></p></form>`;
  }

  edit() {
    Object.assign(this, { editing: true, fault: null });
  }

  async save(event) {
    event.preventDefault();
    const inputs = event.target.elements;
    this.fault = wrong(inputs, this.session?.plugged_in_at ?? Date.now(), this.site.times);
    if (this.fault) return;
    const number = (name, factor) => (inputs[name].value === '' ? null : factor * inputs[name].valueAsNumber);
    const whole = (value) => (value === null ? null : Math.round(value));
    const body = {
      energy_needed_watt_hours: whole(number('energy', 1000)), departure: inputs.departure.value ? new Date(this.site.times.fromField(inputs.departure.value)).toISOString() : null,
      priority: whole(number('priority', 1)), weight: number('weight', 1), vehicle_max_watts: whole(number('power', 1000)) };
    await this.send(this.session ? `/${this.session.session_id}` : '', this.session ? body : { ...body, node_id: this.nodeId });
  }

  end() {
    return this.send(`/${this.session.session_id}/end`, {});
  }

  async send(path, body) {
    try {
      const { result } = await post(this.path + path, body);
      Object.assign(this, { session: result.unplugged_at ? null : result, editing: false, fault: null });
    } catch (fault) {
      this.fault = fault.message;
    }
  }
}
customElements.define('busbar-session', BusbarSession);
