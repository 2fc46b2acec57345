import { html } from 'lit';
import * as echarts from 'echarts';
import { Part } from './element.js';

const LONGEST_LINE = 60_000;

/** Breaks the line where nothing was decided for a while: nobody knows what was drawn then. */
const withGaps = (points) => points.flatMap((point, i) => (i > 0 && point[0] - points[i - 1][0] > LONGEST_LINE ? [[points[i - 1][0] + 1, null], point] : [point]));

/** Power over time: measured, allowed and wanted, against the site's limit. */
class BusbarChart extends Part {
  static properties = { site: { attribute: false }, tick: {}, theme: {} };

  render() {
    return html`<section class="panel" aria-label="Power over time"><header><h2>Power over time</h2></header>
      <div class="chart" data-testid="power-chart"></div></section>`;
  }

  updated(changed) {
    if (changed.has('theme') && this.chart) {
      this.chart.dispose();
      this.chart = null;
    }
    const place = this.querySelector('.chart');
    if (!this.chart) {
      this.chart = echarts.init(place, null, { renderer: 'svg' });
      this.watcher ??= new ResizeObserver(() => this.chart?.resize());
      this.watcher.observe(place);
    }
    this.chart.setOption(this.option());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.watcher?.disconnect();
    this.chart?.dispose();
    this.chart = null;
  }

  option() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const line = (name, key, extra) => ({ name, type: 'line', showSymbol: false, animation: false, ...extra,
      data: withGaps(this.site.history.filter((p) => p[key] !== null).map((p) => [p.at, p[key] / 1000])) });
    const limit = this.site.limit() / 1000;
    const { times } = this.site;
    const axis = { axisLabel: { color: colour('muted') }, axisLine: { lineStyle: { color: colour('line') } }, splitLine: { lineStyle: { color: colour('line') } } };
    return {
      grid: { left: 52, right: 14, top: 34, bottom: 26 },
      legend: { top: 0, right: 0, textStyle: { color: colour('muted') }, itemHeight: 8 },
      tooltip: { trigger: 'axis', valueFormatter: (v) => `${Number(v).toFixed(1)} kW` },
      xAxis: { type: 'time', ...axis, splitLine: { show: false }, axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: (at) => (at % 60000 === 0 ? times.clock(at) : times.second(at)) },
        axisPointer: { label: { formatter: ({ value }) => times.second(value) } } },
      yAxis: { type: 'value', name: 'kW', nameTextStyle: { color: colour('muted') }, min: 0, max: (range) => Math.ceil((Math.max(limit, range.max) * 1.1) / 10) * 10, ...axis },
      series: [
        line('wanted', 'wanted', { lineStyle: { width: 1, type: 'dotted' }, color: colour('muted') }),
        line('allowed', 'allocated', { step: 'end', lineStyle: { width: 1 }, color: colour('curtailed') }),
        line('measured', 'power', { areaStyle: { opacity: 0.15 }, lineStyle: { width: 2 }, color: colour('charging'),
          markLine: { silent: true, symbol: 'none', label: { formatter: 'limit', color: colour('text'), position: 'insideEndTop' },
            lineStyle: { color: colour('text'), type: 'dashed' }, data: [{ yAxis: limit }] } }),
      ],
    };
  }
}
customElements.define('busbar-chart', BusbarChart);
