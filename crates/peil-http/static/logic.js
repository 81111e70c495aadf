/**
 * Shows and hides questions while they are answered, and works out a formula as the server does: `survey::logic` of
 * peil-domain says what everything means, and shared cases hold both to it.
 *
 * A value is null (empty), a number, a text, true or false, a list of codes, or `{date}`.
 */

const YES = ['ja', 'j', 'yes', 'y', 'true', 'waar', '1', 'x'];
const NO = ['nee', 'n', 'no', 'false', 'onwaar', '0', 'neen'];
const NAMES = ['name', 'answer', 'value', 'contact'];

const fold = (text) => text.trim().toLowerCase();

/** Whether there is nothing. */
export function isEmpty(value) {
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'string' ? value.trim() === '' : value === null || value === undefined;
}

/** The number, of a number or of a text that is one; else null. */
function numberOf(value) {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null;
}

function truthOf(text) {
  const word = fold(text);
  if (YES.includes(word)) return true;
  return NO.includes(word) ? false : null;
}

function dateOf(value) {
  if (typeof value !== 'string') return value?.date ?? null;
  const day = value.trim().slice(0, 10);
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : null;
  return moment && !Number.isNaN(moment.valueOf()) && moment.toISOString().startsWith(day) ? day : null;
}

/** -1, 0 or 1 when the two have an order; else null. */
function order(ours, theirs) {
  const pair = [ours, theirs];
  const both = (read) => pair.map(read);
  let read = numberOf;
  if (pair.every((value) => typeof value === 'string')) read = fold;
  else if (pair.some((value) => typeof value === 'boolean')) {
    read = (value) => (typeof value === 'string' ? truthOf(value) : typeof value === 'boolean' ? value : null);
  } else if (pair.some((value) => value?.date)) read = dateOf;
  const [one, other] = both(read);
  if (one === null || other === null) return null;
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function isSame(ours, theirs) {
  if (isEmpty(ours) || isEmpty(theirs)) return isEmpty(ours) && isEmpty(theirs);
  const lists = [ours, theirs].filter(Array.isArray).length;
  if (lists === 0) return order(ours, theirs) === 0;
  const [one, other] = [ours, theirs].map((value) => (Array.isArray(value) ? value : [value]));
  if ([...one, ...other].some((item) => typeof item !== 'string')) return false;
  if (lists === 1 && (one.length > 1 || other.length > 1)) return false;
  const within = (list) => (item) => list.some((known) => fold(known) === fold(item));
  return one.every(within(other)) && other.every(within(one));
}

function contains(ours, theirs) {
  if (isEmpty(theirs)) return false;
  if (Array.isArray(theirs)) return theirs.every((item) => contains(ours, item));
  if (Array.isArray(ours)) {
    if (typeof theirs === 'number') return ours.some((item) => numberOf(item) === theirs);
    return typeof theirs === 'string' && ours.some((item) => fold(item) === fold(theirs));
  }
  return typeof ours === 'string' && typeof theirs === 'string' && fold(ours).includes(fold(theirs));
}

// In twelve digits, so that 0.1 and 0.2 make 0.3, as people expect.
const rounded = (number) => (Number.isFinite(number) ? Number(number.toPrecision(12)) + 0 : null);
const ordered = (ours, theirs, fits) => {
  const found = isEmpty(ours) || isEmpty(theirs) ? null : order(ours, theirs);
  return found !== null && fits(found);
};

const COMPARISONS = {
  '=': isSame,
  '!=': (ours, theirs) => !isSame(ours, theirs),
  '<': (ours, theirs) => ordered(ours, theirs, (found) => found < 0),
  '<=': (ours, theirs) => ordered(ours, theirs, (found) => found <= 0),
  '>': (ours, theirs) => ordered(ours, theirs, (found) => found > 0),
  '>=': (ours, theirs) => ordered(ours, theirs, (found) => found >= 0),
  contains,
};

const CALCULATIONS = {
  '+': (ours, theirs) => ours + theirs,
  '-': (ours, theirs) => ours - theirs,
  '*': (ours, theirs) => ours * theirs,
  '/': (ours, theirs) => ours / theirs,
};

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const FUNCTIONS = {
  count: (values) => sum(values.map((value) => (Array.isArray(value) ? value.length : Number(!isEmpty(value))))),
  sum: (_, numbers) => rounded(sum(numbers)),
  min: (_, numbers) => (numbers.length ? Math.min(...numbers) : null),
  max: (_, numbers) => (numbers.length ? Math.max(...numbers) : null),
  average: (_, numbers) => rounded(sum(numbers) / numbers.length),
  length: ([value]) => (typeof value === 'string' ? [...value.trim()].length : isEmpty(value) ? 0 : null),
};

/** What `tree` comes to; `lookUp(kind, name)` gives the values of names. */
export function evaluate(tree, lookUp) {
  if (!Array.isArray(tree)) return tree;
  const [word, ...parts] = tree;
  if (word === 'date') return { date: parts[0] };
  if (word === 'list') return parts;
  if (NAMES.includes(word)) return lookUp(word, parts[0]) ?? null;
  if (word === 'and') return parts.every((part) => holds(part, lookUp));
  if (word === 'or') return parts.some((part) => holds(part, lookUp));
  if (word === 'not') return !holds(parts[0], lookUp);
  if (word === 'if') return evaluate(parts[holds(parts[0], lookUp) ? 1 : 2] ?? null, lookUp);
  const values = parts.map((part) => evaluate(part, lookUp));
  if (word === 'in') return values.slice(1).some((value) => isSame(values[0], value));
  if (word in COMPARISONS) return COMPARISONS[word](values[0], values[1]);
  const numbers = values.map(numberOf);
  if (word in CALCULATIONS) {
    return numbers.includes(null) ? null : rounded(CALCULATIONS[word](numbers[0], numbers[1]));
  }
  return FUNCTIONS[word](values, numbers.filter((number) => number !== null));
}

/** Whether `tree` holds. */
export function holds(tree, lookUp) {
  const value = evaluate(tree, lookUp);
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' ? value !== 0 : !isEmpty(value);
}

/** What was answered under `name` in `form`, as the server would read it. */
function answered(form, name) {
  const known = [...form.querySelectorAll(`[name="${name}"]`)];
  const fields = known.filter((field) => field.type !== 'hidden' && !field.closest('[hidden]'));
  if (!fields.length) return null;
  const isTicked = (field) => !['radio', 'checkbox'].includes(field.type) || field.checked;
  const given = fields.filter(isTicked).map((field) => field.value.trim()).filter(Boolean);
  const kind = fields[0].closest('[data-value]')?.dataset.value;
  const other = form.elements[`${name}__other`]?.value.trim();
  if (other && !given.includes('other') && (kind === 'list' || !given.length)) given.push('other');
  if (given.includes('n/a')) return null;
  if (kind === 'list') return given.length ? given : null;
  if (kind === 'truth' && fields[0].type === 'checkbox') return fields[0].checked;
  const [only] = given;
  if (only === undefined || kind === 'none' || !fields.every((field) => field.validity.valid)) return null;
  if (kind === 'truth') return only === '1';
  if (kind === 'date') return dateOf(only) && { date: only };
  return kind === 'text' ? only : numberOf(only.replace(',', '.'));
}

/** Keeps what `form` shows in step with what is answered in it, in the order of the questions. */
function follow(form) {
  const parts = [...form.querySelectorAll('[data-if]')].map((part) => [part, JSON.parse(part.dataset.if)]);
  const lookUp = (_, name) => answered(form, name);
  const update = () => parts.forEach(([part, tree]) => { part.hidden = !holds(tree, lookUp); });
  form.addEventListener('input', update);
  // What a browser filled in when the page came back, too.
  window.addEventListener('pageshow', update);
  update();
}

if (typeof document !== 'undefined') document.querySelectorAll('form:has([data-if])').forEach(follow);
