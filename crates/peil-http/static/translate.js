/**
 * Saves a translation as soon as its field is left, on the page of translations. Without script one
 * button saves the whole screen; with script that button stays and does the same.
 */

/** The fields that one text needs, as they stand now. */
function bodyOf(form, item) {
  const body = new URLSearchParams({ answer: 'json' });
  for (const field of form.querySelectorAll(':scope > input[type="hidden"]')) {
    body.set(field.name, field.value);
  }
  for (const field of item.querySelectorAll('[name]')) {
    if (field.type !== 'checkbox' || field.checked) body.set(field.name, field.value);
  }
  return body;
}

/** Shows what the server said of one text. */
function tell(form, item, text, answer) {
  const note = item.querySelector('.translation-said');
  const error = item.querySelector('.error');
  const isClash = typeof answer.now === 'string';
  error.hidden = answer.is_saved;
  error.querySelector('span').textContent = answer.is_saved ? '' : answer.words + (isClash ? ` “${answer.now}”` : '');
  error.parentElement.classList.toggle('is-wrong', !answer.is_saved);
  note.textContent = answer.is_saved ? answer.words : '';
  if (answer.revision) form.elements.revision.value = answer.revision;
  const before = item.querySelector('[name^="before."]');
  // Who saves after having seen what the other wrote, means it.
  if (answer.is_saved) before.value = text;
  else if (isClash) before.value = answer.now;
  if (!answer.is_saved) return;
  item.classList.toggle('is-missing', text.trim() === '');
  item.querySelector('.finding')?.remove();
  const done = document.getElementById(`done-${form.elements.into.value}`);
  if (done && answer.coverage) done.textContent = answer.coverage;
}

/** Fields that were typed in and are not saved. */
const unsaved = new Set();

async function save(form, item) {
  const field = item.querySelector('textarea');
  const note = item.querySelector('.translation-said');
  const text = field.value;
  note.textContent = form.dataset.busy;
  try {
    const sent = await fetch(form.action, { method: 'POST', body: bodyOf(form, item) });
    tell(form, item, text, await sent.json());
    if (field.value === text) unsaved.delete(item);
  } catch {
    note.textContent = form.dataset.failed;
  }
}

for (const form of document.querySelectorAll('form[data-translate]')) {
  // One at a time: the next one has to know the revision that the one before made.
  let turn = Promise.resolve();
  form.querySelector('[data-translate-note]').hidden = false;
  form.addEventListener('input', (event) => {
    const item = event.target.closest('.translation');
    if (item) unsaved.add(item);
  });
  form.addEventListener('change', (event) => {
    const item = event.target.closest('.translation');
    if (item) turn = turn.then(() => save(form, item));
  });
  form.addEventListener('submit', () => unsaved.clear());
  addEventListener('beforeunload', (event) => {
    if (unsaved.size > 0) event.preventDefault();
  });
}
