// Numbers and times for people: units always, digits that line up.

const number = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const kilowatts = (watts) => (watts === null || watts === undefined ? '–' : `${number.format(watts / 1000)} kW`);
export const kilowattHours = (wattHours) => (wattHours === null || wattHours === undefined ? '–' : `${number.format(wattHours / 1000)} kWh`);
export const clock = (instant) => new Date(instant).toLocaleTimeString([], { hour12: false });
export const dayAndClock = (instant) => new Date(instant).toLocaleString([], { weekday: 'short', hour: '2-digit', minute: '2-digit', hour12: false });

/** As a field for local time wants it. */
export const localInput = (instant) => new Date(Date.parse(instant) - new Date(instant).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
/** Times as they are read where the site is. */
function timesIn(zone) {
  const format = (options) => new Intl.DateTimeFormat([], { timeZone: zone, hourCycle: 'h23', ...options });
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const day = format({ weekday: 'short', day: 'numeric', month: 'short' });
  const dayOfYear = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const year = format({ year: 'numeric' });
  const on = (instant, known) => {
    if (dayOfYear.format(instant) === dayOfYear.format(known)) return clock.format(instant);
    return `${(year.format(instant) === year.format(known) ? day : dayOfYear).format(instant)}, ${clock.format(instant)}`;
  };
  const moment = (instant) => on(instant, Date.now());
  const span = (from, until) => `${moment(from)} – ${until === null ? 'withdrawn' : dayOfYear.format(from) === dayOfYear.format(until) ? clock.format(until) : moment(until)}`;
  return { zone, moment, span, clock: (instant) => clock.format(instant) };
}

/** The same; in UTC, and saying so, where the browser does not know the zone. */
export function siteTimes(zone) {
  try {
    return timesIn(zone);
  } catch {
    return timesIn('UTC');
  }
}

export const words = (code) => code.toLowerCase().replaceAll('_', ' ');
