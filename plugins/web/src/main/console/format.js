// Numbers and times for people: units always, digits that line up.

const number = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const kilowatts = (watts) => (watts === null || watts === undefined ? '–' : `${number.format(watts / 1000)} kW`);
export const kilowattHours = (wattHours) => (wattHours === null || wattHours === undefined ? '–' : `${number.format(wattHours / 1000)} kWh`);
export const clock = (instant) => new Date(instant).toLocaleTimeString([], { hour12: false });
export const dayAndClock = (instant) => new Date(instant).toLocaleString([], { weekday: 'short', hour: '2-digit', minute: '2-digit', hour12: false });

/** As a field for local time wants it. */
export const localInput = (instant) => new Date(Date.parse(instant) - new Date(instant).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
export const words = (code) => code.toLowerCase().replaceAll('_', ' ');
