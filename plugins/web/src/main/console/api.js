// Calls to the API with the token of this browser session.

const KEY = 'busbar-token';
let role = null;

/** Moves a token from the address into the session, so that it is not seen or shared. */
export function takeTokenFromAddress() {
  const match = location.hash.match(/token=([0-9A-Za-z._-]+)/);
  if (match) {
    sessionStorage.setItem(KEY, match[1]);
    history.replaceState(null, '', location.pathname + location.search + '#/');
  }
}

export const token = () => sessionStorage.getItem(KEY);
export const signIn = (value) => sessionStorage.setItem(KEY, value.trim());
/** Whether this token may change how vehicles are charged; the server has the last word. */
export const mayOperate = () => role !== 'viewer';
export const signOut = () => sessionStorage.removeItem(KEY);

/** The JSON of an answer; throws what the server says when it is not 200. */
export const get = (path) => ask(path, {});

/** The same of a change. */
export const post = (path, body) => ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

async function ask(path, options) {
  const response = await fetch(path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${token()}` } });
  role = response.headers.get('Busbar-Role') ?? role;
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    const said = body.message || response.statusText;
    throw Object.assign(new Error(response.status === 403 ? `Not allowed: ${said}` : said), { status: response.status });
  }
  return response.json();
}

/** Health needs no token. */
export const health = async () => (await fetch('/health')).json();
