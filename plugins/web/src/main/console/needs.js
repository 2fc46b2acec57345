// What may stand in the form of a session, in the words and units of the form; the server checks the same again.

const LONGEST_STAY = 366 * 24 * 3600_000;
const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

const RULES = {
  energy: { label: 'Energy needed', unit: ' kWh', least: 0, most: 10_000 },
  priority: { label: 'Priority', unit: '', least: -1_000_000, most: 1_000_000, whole: true },
  weight: { label: 'Weight', unit: '', least: 0.000001, most: 1_000_000 },
  power: { label: 'Vehicle takes at most', unit: ' kW', least: 0.001, most: 2_000_000 },
};

/** The first field that cannot be so, said in a sentence; null when all is well. */
export function wrong(inputs, pluggedInAt, times) {
  for (const [name, rule] of Object.entries(RULES)) {
    if (!fits(inputs[name], rule)) {
      const kind = rule.whole ? 'a whole number' : 'a number';
      return `${rule.label}: expected ${kind} from ${grouped.format(rule.least)} to ${grouped.format(rule.most)}${rule.unit}.`;
    }
  }
  return wrongDeparture(inputs.departure, pluggedInAt, times);
}

function fits(input, { least, most, whole }) {
  if (input.validity.badInput) return false;
  if (input.value === '') return true;
  const value = Number(input.value);
  return value >= least && value <= most && (!whole || Number.isInteger(value));
}

function wrongDeparture(input, pluggedInAt, times) {
  if (input.validity.badInput) return 'Leaves: expected a date and a time.';
  if (input.value === '') return null;
  const stay = times.fromField(input.value) - new Date(pluggedInAt).getTime();
  if (stay <= 0) return `Leaves: expected after the vehicle was plugged in, ${times.moment(new Date(pluggedInAt).getTime())}.`;
  return stay > LONGEST_STAY ? 'Leaves: expected within 366 days after the vehicle was plugged in.' : null;
}
