// Numbers and times for people: units always, digits that line up.

const number = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const kilowatts = (watts) => (watts === null || watts === undefined ? '–' : `${number.format(watts / 1000)} kW`);
export const kilowattHours = (wattHours) => (wattHours === null || wattHours === undefined ? '–' : `${number.format(wattHours / 1000)} kWh`);

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
  const second = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const weekday = format({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
  return { zone, moment, span, clock: (instant) => clock.format(instant), second: (instant) => second.format(new Date(instant)),
    dayAndClock: (instant) => weekday.format(new Date(instant)), ...fieldsIn(zone) };
}

/** What a field for a date and time holds, and the instant that it stands for. */
function fieldsIn(zone) {
  const wall = new Intl.DateTimeFormat('sv', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  const toField = (instant) => wall.format(new Date(instant)).replace(' ', 'T');
  const fromField = (text) => {
    const asUtc = Date.parse(`${text}Z`);
    const ahead = (instant) => Date.parse(`${toField(instant)}Z`) - instant;
    return asUtc - ahead(asUtc - ahead(asUtc)); // twice, since the clock may have changed in between
  };
  return { toField, fromField };
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
