import { html, nothing } from 'lit';
import { Part } from './element.js';
import { kilowatts } from './format.js';

/** The site's tree: every node with its power against its limit. */
class BusbarTree extends Part {
  static properties = { site: { attribute: false }, tick: {}, selected: {}, closed: { state: true } };

  constructor() {
    super();
    this.closed = new Set();
  }

  render() {
    return html`<table class="tree"><thead><tr><th>Node</th><th class="n">Measured</th><th class="bar-head">Power against limit</th>
      <th class="n">Limit</th><th>State</th></tr></thead>
      <tbody>${this.site.grids().map((node) => this.rows(node, 0))}</tbody></table>`;
  }

  /** A charge point with one connector is shown as that one row. */
  rows(node, depth) {
    const children = this.site.childrenOf(node);
    if (node.node_type === 'CHARGE_POINT' && children.length === 1) return this.rows(children[0], depth);
    const open = !this.closed.has(node.node_id);
    return html`${this.row(node, depth, children.length > 0, open)}${open ? children.map((child) => this.rows(child, depth + 1)) : nothing}`;
  }

  row(node, depth, branch, open) {
    const measured = this.site.measured(node);
    const limit = this.site.limitOf(node.node_id);
    const got = this.site.allocations.get(node.node_id);
    const state = this.site.isConnector(node) ? this.site.state(node) : this.branchState(node, got);
    return html`<tr data-testid="tree-row-${node.name}" class="${branch ? 'branch' : 'leaf'} ${this.selected === node.node_id ? 'selected' : ''}">
      <th scope="row" style="padding-left:${depth * 1.1 + 0.5}rem">
        ${branch ? html`<button class="twist" aria-label="${open ? 'Close' : 'Open'} ${node.name}" aria-expanded="${open}" @click=${() => this.toggle(node)}>${open ? '▾' : '▸'}</button>` : html`<span class="twist"></span>`}
        <a href="#/site/${this.site.microgrid.microgrid_id}/node/${node.node_id}">${node.name}</a></th>
      <td class="n">${kilowatts(measured)}</td>
      <td>${this.bar(measured, got, limit, state.kind)}</td>
      <td class="n">${kilowatts(limit)}</td>
      <td><span class="state ${state.kind}">${state.word}</span></td></tr>`;
  }

  branchState(node, got) {
    if (got?.binding_node_id === node.node_id) return { word: 'full: limits those below', kind: 'curtailed' };
    return got && got.allocated_watts > 0 ? { word: 'within its limit', kind: 'charging' } : { word: 'quiet', kind: 'idle' };
  }

  bar(measured, got, limit, kind) {
    const scale = Math.max(limit ?? 0, measured, got?.requested_watts ?? 0, 1);
    const share = (watts) => `${Math.min(100, (100 * Math.max(0, watts)) / scale)}%`;
    const allocated = (got?.allocated_watts ?? 0) + (got?.uncontrolled_watts ?? 0);
    return html`<div class="bar" role="img" aria-label="${kilowatts(measured)} measured, ${kilowatts(allocated)} allocated, limit ${kilowatts(limit)}">
      <i class="allocated" style="width:${share(allocated)}"></i>
      <i class="measured ${kind}" style="width:${share(measured)}"></i>
      <i class="other" style="width:${share(got?.uncontrolled_watts ?? 0)}"></i>
      ${limit ? html`<i class="limit" style="left:${share(limit)}"></i>` : nothing}</div>`;
  }

  toggle(node) {
    const closed = new Set(this.closed);
    if (!closed.delete(node.node_id)) closed.add(node.node_id);
    this.closed = closed;
  }
}
customElements.define('busbar-tree', BusbarTree);
