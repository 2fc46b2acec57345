// What the console knows of one site: the tree, the newest readings, the newest cycle.

import { get } from './api.js';
import { siteTimes } from './format.js';
import { Outside } from './outside.js';

const HOUR = 3600_000;
const TYPES = ['CONSUMPTION_CAP', 'NET_CAP', 'GENERATION_CAP'];

export class Site {
  static async load(microgridId) {
    const base = `/api/microgrid/${microgridId}`;
    const [view, status, page, outside] = await Promise.all([
      get(`${base}/topology`), get(`${base}/status`), get(`${base}/cycles?limit=200`), Outside.load(microgridId)]);
    return new Site(view, status, page.cycles, outside);
  }

  constructor(view, status, cycles, outside) {
    this.microgrid = view.microgrid;
    this.times = siteTimes(this.microgrid.time_zone);
    this.outside = outside;
    this.nodes = view.nodes.map((entry) => entry.node);
    this.byId = new Map(this.nodes.map((node) => [node.node_id, node]));
    this.children = new Map();
    this.nodes.forEach((node) => {
      const parent = node.parent_node_id ?? 'root';
      this.children.set(parent, [...(this.children.get(parent) ?? []), node]);
    });
    this.own = new Map();
    // a rating binds even while a limit that somebody set stands in its place
    view.limits.filter((limit) => limit.status === 'ACTIVE' || limit.source_type === 'PHYSICAL_DERIVED').forEach((limit) => {
      const place = placeOf(limit.node_id ?? 'root', limit.constraint_type);
      if (!(this.own.get(place)?.limit_watts <= limit.limit_watts)) this.own.set(place, limit);
    });
    this.meters = view.meters;
    this.metered = new Set(view.meters.map((meter) => meter.node_id));
    this.readings = new Map(status.readings.map((reading) => [reading.node_id, reading]));
    this.sessions = new Map(status.sessions.map((session) => [session.node_id, session]));
    this.settings = status.settings;
    this.breaches = status.open_breaches;
    this.alerts = status.alerts;
    this.cycles = cycles;
    this.allocations = new Map();
    this.history = [];
    [...cycles].reverse().forEach((cycle) => this.note(cycle, null));
    if (status.last_cycle) this.adopt(status.last_cycle);
  }

  take(name, event) {
    if (name === 'telemetry') event.readings.forEach((r) => this.readings.set(r.node_id, r));
    if (name === 'session') {
      if (event.session.unplugged_at) this.sessions.delete(event.session.node_id);
      else this.sessions.set(event.session.node_id, event.session);
    }
    if (name === 'balancing_settings') this.settings = event.settings;
    // a cycle may be told again after a crash or a reconnection
    if (name === 'cycle_completed' && !this.cycles.some((known) => known.cycle_id === event.cycle.cycle_id)) {
      this.cycles = [event.cycle, ...this.cycles].slice(0, 200);
      this.adopt(event.cycle);
      this.note(event.cycle, this.power());
    }
  }

  adopt(cycle) {
    this.cycle = cycle;
    this.breaches = cycle.breaches;
    this.allocations = new Map(cycle.allocation_summary.by_node.map((n) => [n.node_id, n]));
  }

  note(cycle, measured) {
    const at = Date.parse(cycle.started_at);
    const summary = cycle.allocation_summary;
    const grids = new Set(this.grids().map((g) => g.node_id));
    const seen = summary.by_node.filter((n) => grids.has(n.node_id) && n.measured_watts !== null);
    const power = measured ?? (seen.length ? seen.reduce((sum, n) => sum + n.measured_watts, 0) : null);
    this.history.push({ at, power, allocated: summary.allocated_watts + summary.uncontrolled_watts, wanted: summary.requested_watts + summary.uncontrolled_watts });
    this.history = this.history.filter((point) => point.at > at - HOUR);
  }

  /** What needs a person, and limits from outside, asked for anew: both follow from more than events say. */
  async look() {
    const [status] = await Promise.all([get(`/api/microgrid/${this.microgrid.microgrid_id}/status`), this.outside.look()]);
    this.alerts = status.alerts;
  }

  grids() { return this.children.get('root') ?? []; }
  childrenOf(node) { return this.children.get(node.node_id) ?? []; }
  isConnector(node) { return node.node_type === 'CONNECTOR'; }

  /** Measured watts at a node: its meter, else the sum of what is below. */
  measured(node) {
    const reading = this.readings.get(node.node_id);
    const own = this.isConnector(node) || node.node_type === 'POWER_SOURCE' || this.metered.has(node.node_id);
    if (own) return reading?.power_watts ?? 0;
    return this.childrenOf(node).reduce((sum, child) => sum + this.measured(child), 0);
  }

  power() { return this.grids().reduce((sum, grid) => sum + this.measured(grid), 0); }

  /** What the whole site may consume: its own cap, or what its grid connections may together. */
  limit() {
    const grids = this.grids().map((grid) => this.limitOf(grid.node_id));
    const together = grids.reduce((sum, watts) => sum + (watts ?? 0), 0);
    const cap = this.limitOf('root');
    return cap === undefined ? together : grids.includes(undefined) ? cap : Math.min(cap, together);
  }

  connectors() { return this.nodes.filter((node) => this.isConnector(node)); }

  /** The tightest of the limits that the site itself has for a node. */
  ownLimit(nodeId, type) { return this.own.get(placeOf(nodeId, type)); }

  /** What may be consumed at a node now: its own limit, or one from outside that is lower. */
  limitOf(nodeId) { return this.limitAt(nodeId, 'CONSUMPTION_CAP')?.watts; }

  /** The limit that holds at a node and what it follows from; what comes from outside never loosens the own one. */
  limitAt(nodeId, type) {
    const own = this.ownLimit(nodeId, type);
    const outside = this.outside.limit(nodeId, type);
    if (!own && !outside) return undefined;
    const fromOutside = outside !== undefined && (!own || outside.limit_watts < own.limit_watts);
    return { type, own, outside, fromOutside, watts: fromOutside ? outside.limit_watts : own.limit_watts };
  }

  limitsAt(nodeId) { return TYPES.map((type) => this.limitAt(nodeId, type)).filter(Boolean); }

  /** Whether the newest cycle gave somebody less because of a limit of a node. */
  isBoundBy(nodeId, ref) {
    return [...this.allocations.values()].some((got) => got.binding_node_id === nodeId && got.binding_constraint_ref === ref);
  }

  /** One word for a connector, and the state its colour stands for. */
  state(node) {
    const reading = this.readings.get(node.node_id);
    const got = this.allocations.get(node.node_id);
    if (reading?.vehicle === 'FAULT') return { word: 'fault', kind: 'alarm' };
    if (!reading || reading.vehicle === 'NONE' || !reading.vehicle) return { word: 'free', kind: 'idle' };
    if (!got || got.requested_watts === 0) return { word: 'satisfied', kind: 'idle' };
    const by = this.byId.get(got.binding_node_id)?.name;
    if (got.allocated_watts === 0) return { word: `waiting${by ? ` for ${by}` : ''}`, kind: 'waiting' };
    if (got.allocated_watts < got.requested_watts) return { word: `curtailed by ${by ?? 'fail-safe'}`, kind: 'curtailed' };
    return { word: 'charging', kind: 'charging' };
  }
}

const placeOf = (nodeId, type) => `${nodeId} ${type}`;
