// Limits from outside of one site: envelopes, what they make of its limits, and whom they come from.

import { get } from './api.js';
import { words } from './format.js';

const GATHER = 300;
const PAGE = 500;
const TOLD_BY = new Set(['envelope_received', 'envelope_evaluated', 'envelope_source', 'circuit_capacity', 'control_point_updated']);
const WITHOUT_END = Date.parse('9999-12-31T00:00:00Z');

export class Outside {
  static async load(microgridId) {
    const outside = new Outside(microgridId);
    await outside.ask();
    return outside;
  }

  constructor(microgridId) {
    this.base = `/api/microgrid/${microgridId}`;
    this.forget();
  }

  forget() {
    Object.assign(this, { there: false, fault: null, active: [], pending: [], more: false, limits: [], sources: [], points: new Map(), now: null });
  }

  /** Whether a live event says that something here is another than before. */
  isToldBy(name) { return TOLD_BY.has(name); }

  /** Asks anew; events in quick succession are one question, and no answer overtakes a later one. */
  look() {
    this.next ??= Promise.all([this.running, new Promise((done) => setTimeout(done, GATHER))]).then(() => {
      this.next = null;
      this.running = this.ask();
      return this.running;
    });
    return this.next;
  }

  /** Without the envelope plugin there is nothing to show; what is known already stays while it cannot be read. */
  async ask() {
    const list = (status) => get(`${this.base}/envelopes?status=${status}&limit=${PAGE}`);
    try {
      const effective = await get(`${this.base}/effective-limits`);
      const [active, pending, { sources }, { control_points: points }] = await Promise.all([
        list('ACTIVE'), list('PENDING'), get(`${this.base}/envelope-sources`), get(`${this.base}/control-points`)]);
      Object.assign(this, { there: true, fault: null, limits: effective.limits, now: Date.parse(effective.at), sources,
        active: active.envelopes.map((entry) => entry.envelope), pending: pending.envelopes.map((entry) => entry.envelope),
        more: Boolean(active.next_cursor || pending.next_cursor), points: new Map(points.map((point) => [point.control_point_id, point])) });
    } catch (fault) {
      if (fault.status === 404) this.forget();
      else if (this.there) this.fault = fault.message;
    }
  }

  limit(nodeId, type) { return this.limits.find((limit) => limit.node_id === nodeId && limit.constraint_type === type); }

  /** What people call a source. */
  sourceName(controlPointId) {
    const point = this.points.get(controlPointId);
    return point ? point.description || words(point.capability_type) : 'a source that is gone';
  }

  /** Whose limit a reference stands for: how it came to be, and from whom. */
  origin(ref, controlPointId) {
    if (ref.startsWith('fail-safe:')) return { kind: 'fail-safe', from: controlPointId ? this.sourceName(controlPointId) : 'limits from outside are not known' };
    const envelope = this.active.find((known) => ref === `envelope:${known.envelope_id}`);
    // what is over and still counts is the value of the last block, by the source's gap policy
    return envelope ? { kind: 'envelope', from: envelope.source_ref } : { kind: 'last value', from: controlPointId ? this.sourceName(controlPointId) : '' };
  }

  /** Everything that holds or is next, what holds first: envelopes, and what counts where there is none. */
  lines() {
    const known = new Set(this.active.map((envelope) => `envelope:${envelope.envelope_id}`));
    const without = this.limits.filter((limit) => !known.has(limit.constraint_ref)).map((limit) => this.lineOfLimit(limit));
    return [...without, ...this.active.map((envelope) => this.line(envelope)).sort((a, b) => b.rank - a.rank || a.from - b.from),
      ...this.pending.map((envelope) => this.line(envelope)).sort((a, b) => a.from - b.from)];
  }

  /** An envelope by the block that holds now, else by its next one. */
  line(envelope) {
    const ref = `envelope:${envelope.envelope_id}`;
    const blocks = envelope.blocks.map((block) => ({ from: Date.parse(block.block_from), until: endOf(block.block_to), watts: block.max_limit_watts ?? block.target_watts }));
    const later = blocks.filter((block) => block.from > this.now);
    const current = envelope.status === 'ACTIVE' ? blocks.find((block) => block.from <= this.now && (block.until ?? Infinity) > this.now) : undefined;
    const shown = current ?? later.shift() ?? { from: Date.parse(envelope.effective_from), until: endOf(envelope.effective_to), watts: null };
    const counts = this.limit(envelope.node_id, envelope.constraint_type)?.constraint_ref === ref;
    return { ref, nodeId: envelope.node_id, type: envelope.constraint_type, ...shown, then: later[0], source: envelope.source_ref,
      kind: envelope.envelope_type === 'FORECAST' ? '' : words(envelope.envelope_type), word: words(envelope.status), pending: envelope.status === 'PENDING',
      holds: current !== undefined, counts, rank: counts ? 2 : current ? 1 : 0 };
  }

  lineOfLimit(limit) {
    const { kind, from } = this.origin(limit.constraint_ref, limit.sources[0]?.control_point_id);
    return { ref: limit.constraint_ref, nodeId: limit.node_id, type: limit.constraint_type, from: null, until: null, watts: limit.limit_watts, source: from, kind,
      word: kind, pending: false, holds: true, counts: true };
  }
}

/** Null where there is no end. */
function endOf(instant) {
  const end = instant === null || instant === undefined ? WITHOUT_END : Date.parse(instant);
  return end >= WITHOUT_END ? null : end;
}
