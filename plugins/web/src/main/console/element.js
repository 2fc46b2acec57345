import { LitElement } from 'lit';

/** A component that uses the page's own style sheet. */
export class Part extends LitElement {
  createRenderRoot() { return this; }
}
