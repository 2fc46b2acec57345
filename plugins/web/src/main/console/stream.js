// Live events over fetch, because EventSource cannot send a token; resumes where it was cut off.

import { token } from './api.js';

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10000;

/** Follows a site until stopped: onEvent(name, data), onState('live' | 'lost'). */
export class Stream {
  constructor(microgridId, onEvent, onState) {
    Object.assign(this, { microgridId, onEvent, onState, last: null, wait: FIRST_WAIT });
    this.abort = new AbortController();
    this.run();
  }

  stop() {
    this.stopped = true;
    this.abort.abort();
  }

  async run() {
    while (!this.stopped) {
      try {
        await this.read();
      } catch (fault) {
        if (this.stopped) return;
      }
      this.onState('lost');
      await new Promise((done) => setTimeout(done, this.wait));
      this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
    }
  }

  async read() {
    const headers = { Authorization: `Bearer ${token()}` };
    if (this.last) headers['Last-Event-ID'] = this.last;
    const response = await fetch(`/api/microgrid/${this.microgridId}/events`, { headers, signal: this.abort.signal });
    if (!response.ok) throw new Error(response.statusText);
    this.onState('live');
    this.wait = FIRST_WAIT;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      const blocks = text.split('\n\n');
      text = blocks.pop();
      blocks.forEach((block) => this.take(block));
    }
  }

  take(block) {
    const field = (name) => block.split('\n').find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const data = field('data');
    if (data) {
      this.last = field('id');
      this.onEvent(field('event'), JSON.parse(data));
    }
  }
}
