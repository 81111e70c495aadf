/**
 * Makes the questionnaire designer live. Its forms and links are fetched in the background and the
 * renewed parts put in place; what is typed is saved by itself, and kept when that fails. Without
 * script the same forms and links load the page again.
 */

/** Elements that are renewed from an answer, by id. */
const PARTS = [
  'survey-head', 'designer-notices', 'designer-switch', 'designer-outline', 'designer-main', 'designer-bar', 'designer-move',
];
/** The same while somebody is typing: all but the form that is typed into. */
const AROUND = PARTS.filter((id) => id !== 'designer-main' && id !== 'designer-move');
/** Parts of the form that show what the server thinks of what was typed. */
const THOUGHTS = '.findings[id]';

/** Milliseconds of rest after the last key before what was typed is saved. */
const REST = 600;
/** Milliseconds before it is tried again by itself. */
const AGAIN = 5000;
/** Under what name unsaved words are kept in this tab. */
const KEPT = 'peil-unsaved';

const designer = document.querySelector('[data-designer]');
const said = document.getElementById('designer-said');
/** The form with something typed that is not saved. */
let unsaved = null;
/** Whether something was typed while it was being saved. */
let isTypedSince = false;
let isBusy = false;
/** What was asked while something else was going on. */
let waiting = null;
let timer;

/** Tells a screen reader. */
function tell(words) {
  said.textContent = '';
  requestAnimationFrame(() => { said.textContent = words; });
}

/** Shows beside the button whether what was typed is saved: busy, saved, failed or signedOut. */
function state(name) {
  for (const form of document.querySelectorAll('form[data-auto]')) {
    const shown = form.querySelector('[data-state]');
    shown.hidden = false;
    shown.textContent = said.dataset[name];
    shown.classList.toggle('is-failed', name === 'failed' || name === 'signedOut');
    form.querySelector('[data-again]').hidden = name !== 'failed' && name !== 'signedOut';
  }
}

/** Whether two parts say the same, whatever is open in them. */
function isSame(one, other) {
  const [here, there] = [one, other].map((part) => {
    const copy = part.cloneNode(true);
    for (const details of copy.querySelectorAll('details')) details.removeAttribute('open');
    return copy.innerHTML;
  });
  return here === there;
}

/** Takes parts over from the page that the server answered with. */
function renew(page, ids = PARTS) {
  const focused = placesOf(document.activeElement);
  const scrolled = document.getElementById('designer-outline').scrollTop;
  for (const id of ids) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(document.adoptNode(fresh));
  }
  document.getElementById('designer-panes').className = page.getElementById('designer-panes').className;
  document.getElementById('designer-outline').scrollTop = scrolled;
  renewExample(page);
  const warning = ids.includes('designer-main') && document.querySelector('#designer-notices [data-focus]');
  if (warning) warning.focus();
  else if (focused.length && (!document.activeElement || document.activeElement === document.body)) {
    // What was pressed may be gone, or not possible any more.
    const title = ids.includes('designer-main') ? ['#designer-title'] : [];
    findFirst([...focused, ...title])?.focus({ preventScroll: true });
  }
}

/** Loads the example again and scrolls it to where it was. */
function renewExample(page) {
  const here = designer.querySelector('.device');
  const fresh = page.querySelector('.device');
  const frame = here?.querySelector('iframe');
  if (!fresh || !frame) return;
  here.className = fresh.className;
  const source = fresh.querySelector('iframe').getAttribute('src');
  const isSamePage = source === frame.getAttribute('src');
  // Without network the browser shows a page of its own there, which may not be looked into.
  const shown = () => (frame.contentDocument ? frame.contentWindow : null);
  const top = isSamePage ? shown()?.scrollY ?? 0 : 0;
  frame.addEventListener('load', () => shown()?.scrollTo(0, top), { once: true });
  frame.setAttribute('src', source);
}

/** What the server answers with: the page, whether it is the designer, and whether all went well. */
async function ask(address, options) {
  const answer = await fetch(address, options);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return { answer, page, isEditor: Boolean(page.querySelector('[data-designer]')), isDone: answer.ok };
}

function remember(address, answer, way) {
  const hash = new URL(address, location.href).hash || new URL(answer.url).hash;
  const path = answer.url.replace(/#.*$/, '').replace(/[?&](done|removed|turned|step|since)=[^&]*/g, '');
  if (way) history[way](null, '', path + hash);
}

/** Fetches a page of the designer and shows it; false when it is none, for example after signing out. */
async function load(address, options, way = 'replaceState') {
  const found = await ask(address, options);
  if (!found.isEditor) return found;
  unsaved = null;
  renew(found.page);
  remember(address, found.answer, way);
  const words = document.querySelector('#designer-notices [data-said]')?.querySelector('p')?.textContent;
  if (words) tell(words);
  // Whoever tells what happened in better words says so.
  const isTold = !document.dispatchEvent(new CustomEvent('designer:shown', { cancelable: true }));
  return { ...found, words, isTold };
}

/** Sends a form in the background. */
async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  let found;
  try {
    found = await load(form.action, { method: 'POST', body });
  } catch {
    delete form.dataset.sent;
    fail(form, 'failed');
    return false;
  }
  if (!found.isEditor) {
    delete form.dataset.sent;
    return await signedIn(form) ? send(form, button) : false;
  }
  if (found.isDone) {
    forget(form);
    if (!found.words && !found.isTold) tell(said.dataset.saved);
  }
  return found.isDone;
}

/** Whether somebody is signed in after all, perhaps in another tab; the form then proves that it is theirs. */
async function signedIn(form) {
  if (form.dataset.retried) {
    fail(form, 'failed');
    return false;
  }
  const { page, isEditor } = await ask(location.href, {});
  const fresh = page.querySelector('#designer-move [name=csrf]')?.value;
  if (!isEditor || !fresh) {
    fail(form, 'signedOut');
    return false;
  }
  for (const field of document.querySelectorAll('[data-designer] [name=csrf], #designer-move [name=csrf]')) field.value = fresh;
  form.dataset.retried = 'yes';
  return true;
}

/** Says that a form is not saved, and keeps what was typed in this tab. */
function fail(form, why) {
  unsaved = form.matches('[data-dirty]') ? form : unsaved;
  state(why);
  tell(said.dataset[why]);
  if (form.matches('[data-auto]')) keep(form);
  if (why === 'failed' && form.matches('[data-auto]')) later(AGAIN);
}

function keep(form) {
  const fields = [...new FormData(form)].filter(([name]) => !['csrf', 'revision'].includes(name));
  const kept = { action: form.getAttribute('action'), address: location.pathname + location.search, fields };
  try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* No room: it still stands in the form. */ }
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEPT)); } catch { return null; }
}

function forget(form) {
  delete form.dataset.retried;
  if (kept()?.action === form.getAttribute('action')) sessionStorage.removeItem(KEPT);
}

/** Offers what was typed and could not be saved before. */
function offerKept() {
  const before = kept();
  if (!before?.action.startsWith(location.pathname)) return;
  const notice = document.getElementById('designer-kept').content.cloneNode(true).firstElementChild;
  document.getElementById('designer-notices').append(notice);
  notice.querySelector('[data-kept-away]').addEventListener('click', () => {
    sessionStorage.removeItem(KEPT);
    notice.remove();
  });
  notice.querySelector('[data-kept-back]').addEventListener('click', () => {
    const form = document.querySelector(`form[data-auto][action="${CSS.escape(before.action)}"]`);
    if (!form) location.assign(before.address);
    else {
      fill(form, before.fields);
      notice.remove();
      unsaved = form;
      tell(said.dataset.kept);
      form.querySelector('.field-input')?.focus();
      later(REST);
    }
  });
}

/** Writes fields back, the first of a name into the first field of that name, and so on. */
function fill(form, fields) {
  const texts = 'input:not([type=radio], [type=checkbox], [type=hidden]), textarea, select';
  const seen = new Map();
  for (const [name, value] of fields) {
    const place = seen.get(name) ?? 0;
    seen.set(name, place + 1);
    const all = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    const text = all.filter((field) => field.matches(texts))[place];
    if (text) text.value = value;
    for (const field of all) if (field.type === 'radio') field.checked = field.value === value;
  }
  for (const box of form.querySelectorAll('input[type=checkbox]')) {
    box.checked = fields.some(([name, value]) => name === box.name && value === box.value);
  }
}

/** Saves what is typed, soon. */
function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    // Something that somebody asked for goes first.
    if (isBusy) later(REST);
    else if (unsaved?.matches('[data-auto]')) run(() => save(unsaved, { isTyping: true }));
  }, milliseconds);
}

/**
 * Saves what is typed without disturbing who types; true when it is saved. Numbers that make no sense
 * yet are only named beside the button while somebody is still typing.
 */
async function save(form, { isTyping = false } = {}) {
  if (!form?.isConnected) return true;
  const body = new URLSearchParams(new FormData(form));
  body.set('do', 'auto');
  isTypedSince = false;
  state('busy');
  let found;
  try {
    found = await ask(form.action, { method: 'POST', body });
  } catch {
    fail(form, 'failed');
    return false;
  }
  if (!found.isEditor) return await signedIn(form) ? save(form, { isTyping }) : false;
  if (!found.isDone && isTyping && found.answer.status === 422) {
    state('failed');
    const why = found.page.querySelector('.error-summary li')?.textContent;
    if (why) form.querySelector('[data-state]').textContent = why;
    form.querySelector('[data-again]').hidden = true;
    return false;
  }
  if (!found.isDone) {
    // Somebody else typed here too, or a number makes no sense: the form says so, with what was typed since.
    const typed = isTypedSince ? [...new FormData(form)] : null;
    renew(found.page);
    const fresh = document.querySelector(`form[action="${CSS.escape(form.getAttribute('action'))}"][data-auto]`);
    if (typed && fresh) fill(fresh, typed.filter(([name]) => !['csrf', 'revision'].includes(name)));
    unsaved = fresh;
    return false;
  }
  const around = found.page;
  for (const here of document.querySelectorAll(THOUGHTS)) {
    const fresh = around.getElementById(here.id);
    if (fresh && !isSame(fresh, here)) here.replaceWith(document.adoptNode(fresh));
  }
  const revision = around.querySelector('#designer-move [name=revision]').value;
  renew(around, AROUND);
  const old = document.querySelectorAll('#designer-main [name=revision], #designer-move [name=revision]');
  for (const field of old) field.value = revision;
  forget(form);
  if (!isTypedSince) unsaved = null;
  else later(REST);
  state('saved');
  return true;
}

/** Runs one thing at a time; what is asked meanwhile waits, the last of them only. */
async function run(action) {
  if (isBusy) {
    waiting = action;
    return;
  }
  isBusy = true;
  try {
    await action();
  } finally {
    isBusy = false;
  }
  const next = waiting;
  waiting = null;
  if (next) await run(next);
}

/** Does something after what was typed is saved; not when that cannot be saved. */
function afterSaving(form, action) {
  clearTimeout(timer);
  return run(async () => {
    if (!unsaved?.isConnected || unsaved === form) return action();
    const isSaved = unsaved.matches('[data-auto]') ? await save(unsaved) : await send(unsaved);
    return isSaved ? action() : undefined;
  });
}

/** Ctrl-Z takes back, outside fields that can do so themselves; Escape goes back to the outline. */
function keys(event) {
  const isText = event.target.closest?.('textarea, input:not([type=radio], [type=checkbox])');
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !isText) {
    const button = document.getElementById(event.shiftKey ? 'designer-redo' : 'designer-undo');
    if (!button || button.disabled) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  }
  if (event.key === 'Escape' && event.target.closest?.('#designer-main')) {
    // On a narrow screen the outline is behind the switch.
    const places = document.querySelectorAll('#designer-outline [aria-current], #designer-switch [aria-current]');
    [...places].find((place) => place.checkVisibility())?.focus();
  }
}

function submitted(event) {
  const form = event.target;
  if (!designer.contains(form) && form.id !== 'designer-move' || form.method !== 'post' || event.defaultPrevented) return;
  event.preventDefault();
  const button = event.submitter;
  const again = sameAs(button);
  const action = form.getAttribute('action');
  afterSaving(form, () => {
    // Saving another form renewed the parts: the same button stands in a new form.
    const now = form.isConnected ? button : findFirst(again) ?? document.querySelector(`form[action="${CSS.escape(action)}"] button`);
    const sent = form.isConnected ? form : now?.form;
    return sent ? send(sent, now) : undefined;
  }).finally(() => { delete form.dataset.sent; });
}

function followed(event) {
  const link = event.target.closest?.('a[data-designer-link]');
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!link || !isPlain) return;
  event.preventDefault();
  afterSaving(null, async () => {
    const { isEditor } = await load(link.href, {}, 'pushState').catch(() => ({ isEditor: false }));
    if (!isEditor) location.assign(link.href);
    // Whoever chooses something goes on there; Escape leads back to where it stands in the outline.
    else if (!link.closest('#designer-bar, #designer-switch')) document.getElementById('designer-title')?.focus();
  });
}

function typed(event) {
  const form = event.target.closest('form[data-dirty]');
  if (!form) return;
  unsaved = form;
  isTypedSince = true;
  if (form.matches('[data-auto]')) later(REST);
}

if (designer) {
  document.addEventListener('submit', submitted);
  document.addEventListener('click', followed);
  document.addEventListener('keydown', keys);
  designer.addEventListener('input', typed);
  designer.addEventListener('focusout', (event) => {
    if (unsaved && unsaved === event.target.form && unsaved.matches('[data-auto]') && !isBusy) later(0);
  });
  addEventListener('popstate', () => afterSaving(null, () => load(location.href, {}, null)));
  addEventListener('online', () => later(0));
  addEventListener('beforeunload', (event) => {
    if (!unsaved?.isConnected) return;
    if (unsaved.matches('[data-auto]')) keep(unsaved);
    event.preventDefault();
  });
  offerKept();
  // Who comes back to a question goes on at it, also where the outline is not shown.
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && !target.checkVisibility()) document.getElementById('designer-title')?.focus();
}
