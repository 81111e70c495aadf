/**
 * The explorer: every choice fetches the part with the figures and puts it in the place of the former
 * one. The form holds the whole state; the address bar follows. Without script the form is sent and
 * the same page comes back.
 */

/** Milliseconds of rest after the last key before is looked again. */
const REST = 40;

const form = document.querySelector('form[data-explore]');
const said = document.getElementById('explore-said');
const tip = document.getElementById('explore-tip');
let running;
let waiting;
/** The stop whose tip stays while the picture moves under it: the one with the focus of the keyboard. */
let held;

/** The fields of the form that say something, as they stand in an address. */
function fields() {
  const kept = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== '' || form.querySelector(`[data-extra][name="${CSS.escape(name)}"]`)) kept.append(name, value);
  }
  return kept;
}

/** Shows the figures of an address. */
async function load(search, { push = true, focus } = {}) {
  running?.abort();
  clearTimeout(waiting);
  const own = new AbortController();
  running = own;
  const part = document.getElementById('explored');
  part.setAttribute('aria-busy', 'true');
  try {
    const table = document.getElementById('explored-table')?.open ? '&table=open' : '';
    const answer = await fetch(`${form.dataset.explore}?${search}${table}`, { signal: own.signal });
    // Signed out, or nothing that fits here: the whole page says why.
    if (!answer.ok || answer.redirected) return location.assign(`${form.action}?${search}`);
    const text = await answer.text();
    if (own.signal.aborted) return;
    replace(text, focus);
    if (push) history.pushState(null, '', document.getElementById('explored').dataset.href);
    follow();
  } catch (error) {
    if (error.name !== 'AbortError') location.assign(`${form.action}?${search}`);
  }
}

/** Puts fresh figures in the place of the former ones; what had the focus has it again. */
function replace(text, focus) {
  const here = document.getElementById('explored');
  const fresh = document.createRange().createContextualFragment(text).querySelector('#explored');
  if (!fresh) return;
  const focused = focus ?? (here.contains(document.activeElement) ? document.activeElement.id : undefined);
  const open = [...here.querySelectorAll('details[open][id]')].map(({ id }) => id);
  for (const id of open) fresh.querySelector(`#${CSS.escape(id)}`)?.setAttribute('open', '');
  dropTip();
  here.replaceWith(fresh);
  const tabs = document.getElementById('fresh-tabs');
  const scrolled = document.querySelector('.tabs')?.scrollLeft ?? 0;
  document.getElementById('explore-tabs').replaceChildren(tabs.content);
  document.querySelector('.tabs').scrollLeft = scrolled;
  if (focused !== undefined) {
    const again = focused && document.getElementById(focused);
    (again || document.getElementById('explored-title')).focus({ preventScroll: true });
  }
  said.textContent = fresh.dataset.said;
  rove(fresh);
}

/** Lets the form, and the way to the other language, say what the address says. */
function follow() {
  const { href, what } = document.getElementById('explored').dataset;
  const told = new URL(href, location.href).searchParams;
  told.set('what', what);
  for (const extra of form.querySelectorAll('[data-extra]')) extra.remove();
  const usual = { period: told.has('from') || told.has('until') ? 'own' : 'all', view: 'heat' };
  for (const control of form.elements) {
    if (!control.name || control === document.activeElement && control.type === 'search') continue;
    if (control.type === 'checkbox') {
      control.checked = told.getAll(control.name).includes(control.value);
    } else {
      control.value = told.get(control.name) ?? usual[control.name] ?? '';
    }
  }
  const ticked = (name, value) => [...form.elements].some((control) => control.name === name && control.value === value);
  for (const [name, value] of told) {
    if (ticked(name, value) || ['question', 'measure', 'choice'].includes(name)) continue;
    const extra = Object.assign(document.createElement('input'), { type: 'hidden', name, value });
    extra.dataset.extra = '';
    form.append(extra);
  }
  const back = document.querySelector('form[action="/account/language"] [name=back]');
  if (back) back.value = href;
}

/** Makes one stop of the many doors of a picture: arrow keys go on from there. */
function rove(part) {
  for (const box of part.querySelectorAll('[data-roving]')) {
    const stops = [...box.querySelectorAll(box.matches('table') ? '.heat-cell' : 'svg a')];
    stops.forEach((stop, place) => stop.setAttribute('tabindex', place === 0 ? '0' : '-1'));
  }
}

/** The stop that lies next in a direction. */
function next(box, from, key) {
  if (box.matches('table')) {
    const cell = from.closest('td');
    const row = cell.parentElement;
    const rows = [...row.parentElement.rows];
    const isMirrored = getComputedStyle(box).direction === 'rtl';
    const side = { ArrowLeft: isMirrored ? 1 : -1, ArrowRight: isMirrored ? -1 : 1 }[key] ?? 0;
    const down = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
    const to = rows[rows.indexOf(row) + down];
    if (key === 'Home') return row.cells[1]?.querySelector('.heat-cell');
    if (key === 'End') return row.cells[row.cells.length - 1]?.querySelector('.heat-cell');
    return to?.cells[cell.cellIndex + side]?.querySelector('.heat-cell');
  }
  const lines = [...box.querySelectorAll('.line')];
  const line = from.closest('.line');
  if (line && (key === 'ArrowUp' || key === 'ArrowDown')) {
    const middle = (stop) => { const { left, width } = stop.getBoundingClientRect(); return left + width / 2; };
    const others = lines[lines.indexOf(line) + (key === 'ArrowDown' ? 1 : -1)]?.querySelectorAll('a') ?? [];
    const away = (stop) => Math.abs(middle(stop) - middle(from));
    return [...others].sort((one, other) => away(one) - away(other))[0];
  }
  const stops = [...(line ?? box).querySelectorAll('a')];
  const place = stops.indexOf(from);
  if (key === 'Home') return stops[0];
  if (key === 'End') return stops.at(-1);
  return stops[place + (key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1)];
}

function keys(event) {
  const box = event.target.closest?.('#explored [data-roving]');
  if (!box || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === 'Escape') dropTip();
  if (!/^(Arrow|Home$|End$)/.test(event.key)) return;
  const to = next(box, event.target.closest('a, .heat-cell'), event.key);
  event.preventDefault();
  if (!to) return;
  for (const stop of box.querySelectorAll('[tabindex="0"]')) stop.setAttribute('tabindex', '-1');
  to.setAttribute('tabindex', '0');
  to.focus();
}

/** The cell or the point that an event happened to. */
function doorOf(event) {
  return event.target.closest?.('#explored .heat-cell[aria-label], #explored svg [aria-label]:is(a, g)');
}

/** Shows what stands behind a cell or a point beside it. */
function showTip(door) {
  if (!door) return;
  door.querySelector(':scope > title')?.remove();
  tip.textContent = door.getAttribute('aria-label');
  tip.hidden = false;
  const { left, top, bottom, width } = door.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const half = tip.offsetWidth / 2;
  tip.style.left = `${Math.max(8, Math.min(left + width / 2 - half, room - tip.offsetWidth - 8))}px`;
  const above = top - tip.offsetHeight - 8;
  tip.style.top = `${above > 60 ? above : bottom + 8}px`;
}

/**
 * Takes the tip of the pointer away. The browser scrolls to what receives the focus, and moves the
 * picture under the pointer by that: the tip of the focus goes along with its stop instead.
 */
function leaveTip() {
  if (held) showTip(held);
  else tip.hidden = true;
}

function dropTip() {
  held = undefined;
  tip.hidden = true;
}

/** What a change in the form means for the fields beside it. */
function settle(control) {
  const days = ['from', 'until'].map((name) => form.elements[name]);
  if (control.name === 'period' && control.value !== 'own') days.forEach((day) => { day.value = ''; });
  if (days.includes(control)) form.elements.period.value = days.some((day) => day.value) ? 'own' : 'all';
  if (control.name === 'period' && control.value === 'own' && !days.some((day) => day.value)) {
    document.getElementById('explore-days').open = true;
    days[0].focus();
    return false;
  }
  return true;
}

if (form) {
  for (const button of form.querySelectorAll('[data-explore-button]')) button.hidden = true;
  form.addEventListener('change', (event) => {
    if (event.target.type !== 'search' && settle(event.target)) load(fields());
  });
  form.addEventListener('input', (event) => {
    if (event.target.type !== 'search') return;
    clearTimeout(waiting);
    waiting = setTimeout(() => load(fields()), REST);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    load(fields());
  });
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-explore-link]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    load(new URL(link.href).searchParams, { focus: link.id });
  });
  // The table comes along only while it is unfolded.
  document.addEventListener('toggle', ({ target }) => {
    if (target.open && target.matches?.('#explored-table[data-fetch]')) {
      load(new URL(location.href).searchParams, { push: false });
    }
  }, true);
  document.addEventListener('keydown', keys);
  document.addEventListener('focusin', (event) => {
    if (event.target.matches(':focus-visible')) showTip(held = doorOf(event));
  });
  document.addEventListener('focusout', dropTip);
  document.addEventListener('mouseover', (event) => showTip(doorOf(event)));
  document.addEventListener('mouseout', leaveTip);
  document.addEventListener('scroll', leaveTip, { passive: true, capture: true });
  addEventListener('popstate', () => load(new URL(location.href).searchParams, { push: false }));
  history.replaceState(null, '', document.getElementById('explored').dataset.href);
  rove(document);
  follow();
}
