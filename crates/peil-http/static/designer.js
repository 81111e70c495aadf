/**
 * Makes the questionnaire editor save without leaving the page: forms inside [data-designer] are
 * sent in the background, the outline is renewed from the answer, the example beside it is loaded
 * again, and scroll position and focus stay. Without script the same forms load the page again.
 */

/** Elements that are renewed from an answer, by id. */
const PARTS = [
  'survey-head', 'designer-notices', 'designer-switch', 'designer-outline', 'designer-main', 'designer-bar',
];

const designer = document.querySelector('[data-designer]');
/** The form with something typed that is not saved. */
let unsaved = null;
let isBusy = false;
/** The link that was followed last while something else was going on. */
let waiting = null;

/** Takes the renewed parts over from the page that the server answered with. */
function renew(page) {
  const focused = describe(document.activeElement);
  const scrolled = document.getElementById('designer-outline').scrollTop;
  for (const id of PARTS) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(document.adoptNode(fresh));
  }
  unsaved = null;
  document.getElementById('designer-panes').className = page.getElementById('designer-panes').className;
  document.getElementById('designer-outline').scrollTop = scrolled;
  renewExample(page);
  const warning = document.querySelector('#designer-notices [data-focus]');
  (warning ?? find(focused))?.focus({ preventScroll: !warning });
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
  const top = isSamePage ? frame.contentWindow?.scrollY ?? 0 : 0;
  frame.addEventListener('load', () => frame.contentWindow?.scrollTo(0, top), { once: true });
  frame.setAttribute('src', source);
}

/** What is needed to find an element again after the outline was renewed. */
function describe(element) {
  if (!element || !designer.contains(element)) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const action = element.form?.getAttribute('action');
  if (action && element.value) {
    return `form[action="${CSS.escape(action)}"] [name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]`;
  }
  const item = element.closest('li[id]');
  if (!item && element.href) return `a[href="${CSS.escape(element.getAttribute('href'))}"]`;
  return item ? `#${CSS.escape(item.id)} a` : null;
}

function find(description) {
  return description ? document.querySelector(description) : null;
}

/** Fetches a page of the editor; false when it is none, for example after signing out. */
async function load(address, options, way = 'replaceState') {
  const answer = await fetch(address, options);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (!page.querySelector('[data-designer]')) return { isEditor: false, isDone: false };
  renew(page);
  const hash = new URL(address, location.href).hash || new URL(answer.url).hash;
  if (way) history[way](null, '', answer.url.replace(/#.*$/, '').replace(/[?&](done|removed)=[^&]*/g, '') + hash);
  return { isEditor: true, isDone: answer.ok };
}

/** Sends a form in the background; in the ordinary way when the answer is not the editor. */
async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const answer = await load(form.action, { method: 'POST', body });
  if (!answer.isEditor) {
    unsaved = null;
    form.dataset.plain = 'yes';
    delete form.dataset.sent;
    form.requestSubmit(button);
  } else if (answer.isDone) {
    const said = document.getElementById('designer-said');
    said.textContent = '';
    requestAnimationFrame(() => { said.textContent = said.dataset.saved; });
  }
  return answer.isDone;
}

/**
 * Runs one thing at a time, after what was typed elsewhere is saved. A second click on a button is
 * dropped; a link that is followed meanwhile waits for its turn.
 */
async function afterSaving(form, action) {
  if (isBusy) {
    if (!form) waiting = action;
    return;
  }
  isBusy = true;
  try {
    if (!unsaved || unsaved === form || await send(unsaved)) await action();
  } finally {
    isBusy = false;
  }
  const next = waiting;
  waiting = null;
  if (next) await afterSaving(null, next);
}

if (designer) {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!designer.contains(form) || form.dataset.plain) return;
    event.preventDefault();
    const button = event.submitter;
    const again = describe(button);
    afterSaving(form, () => {
      // Saving another form renewed the outline: the same button stands in a new form.
      const now = form.isConnected ? button : find(again);
      return now?.form ? send(now.form, now) : undefined;
    });
  });
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-designer-link]');
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!link || !isPlain) return;
    event.preventDefault();
    afterSaving(null, async () => {
      const { isEditor } = await load(link.href, {}, 'pushState');
      if (!isEditor) location.assign(link.href);
      // Whoever chooses something goes on there; Escape leads back to where it stands in the outline.
      else if (!link.closest('#designer-bar, #designer-switch')) document.getElementById('designer-title')?.focus();
    });
  });
  addEventListener('popstate', () => afterSaving(null, () => load(location.href, {}, null)));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !event.target.closest?.('#designer-main')) return;
    document.querySelector('#designer-outline [aria-current]')?.focus();
  });
  designer.addEventListener('input', (event) => {
    unsaved = event.target.closest('form[data-dirty]') ?? unsaved;
  });
  addEventListener('beforeunload', (event) => {
    if (unsaved && !isBusy) event.preventDefault();
  });
}
