/**
 * Moves questions in the outline of the designer, by keys and by dragging: the hidden form
 * #designer-move is filled in and sent. The same is done by buttons where there is no script.
 */

const outline = () => document.getElementById('designer-outline');
const form = () => document.getElementById('designer-move');
const said = document.getElementById('designer-said');
/** Key of the question that is being moved, and whether the focus goes along with it. */
let moved = null;
let isFollowed = true;
/** The question that is being dragged. */
let dragged = null;

/** Sends a question elsewhere. */
function move(key, fields) {
  const sent = form();
  for (const old of sent.querySelectorAll('[data-move]')) old.remove();
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    field.dataset.move = '';
    sent.append(field);
  }
  sent.setAttribute('action', `${location.pathname.replace(/\/$/, '')}/questions/${key}/place`);
  sent.requestSubmit();
  [moved, isFollowed] = [key, true];
}

/** Notes which question the buttons beside it move; the focus stays there. */
function noteButton(event) {
  const key = /\/questions\/([^/]+)\/place$/.exec(event.target.getAttribute('action'))?.[1];
  if (key && ['up', 'down', 'end'].includes(event.submitter?.value)) [moved, isFollowed] = [key, false];
}

/** Says where a question came to stand, and keeps the focus on it. */
function tellPlace(event) {
  const item = moved && document.getElementById(`q-${moved}`);
  moved = null;
  if (!item) return;
  event.preventDefault();
  if (isFollowed) item.querySelector('a').focus();
  const all = [...document.querySelectorAll('.outline-question')];
  const words = said.dataset.moved.replace('%n%', all.indexOf(item) + 1).replace('%total%', all.length)
    .replace('%page%', item.closest('.outline-page').dataset.page);
  said.textContent = '';
  requestAnimationFrame(() => { said.textContent = words; });
}

/** Whether the reader may change anything. */
const mayMove = () => Boolean(document.getElementById('designer-undo'));

function pressed(event) {
  const item = event.target.closest?.('.outline-question');
  const way = { ArrowUp: 'up', ArrowDown: 'down' }[event.key];
  if (!event.altKey || !item || !way || !mayMove()) return;
  event.preventDefault();
  move(item.dataset.key, { do: way });
}

function clear() {
  for (const item of document.querySelectorAll('.is-target, .is-dragged')) item.classList.remove('is-target', 'is-dragged');
}

/** What something would be dropped upon. */
function target(event) {
  return dragged && event.target.closest?.('.outline-question, .outline-page');
}

/** Questions can be dragged behind another one, or onto a page to be its first. */
function dragging() {
  document.addEventListener('dragstart', (event) => {
    const item = event.target.closest?.('.outline-question');
    if (!item || !mayMove()) return;
    dragged = item;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', item.dataset.key);
    item.classList.add('is-dragged');
  });
  document.addEventListener('dragover', (event) => {
    const over = target(event);
    if (!over) return;
    event.preventDefault();
    for (const item of document.querySelectorAll('.is-target')) item.classList.remove('is-target');
    over.classList.add('is-target');
  });
  document.addEventListener('drop', (event) => {
    const over = target(event);
    const key = dragged?.dataset.key;
    clear();
    dragged = null;
    if (!over || over.dataset.key === key) return;
    event.preventDefault();
    move(key, over.dataset.key ? { do: 'behind', after: over.dataset.key } : { do: 'start', page: over.dataset.page });
  });
  document.addEventListener('dragend', () => { clear(); dragged = null; });
}

if (outline() && form()) {
  document.addEventListener('keydown', pressed);
  document.addEventListener('submit', noteButton);
  document.addEventListener('designer:shown', tellPlace);
  dragging();
}
