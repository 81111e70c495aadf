/**
 * The form of a condition: rows come and go, and the sentence follows what is chosen, without the
 * page being loaded again. Without script the same buttons load the page again. Places to fill in
 * can be put into the text that was written in last.
 */

/** Milliseconds of rest after which the sentence is said anew. */
const REST = 300;
/** What buttons do that change the form and save nothing. */
const CHANGES = /^(add|drop|as-text|as-rows)\b/;

/** Sends the form as it is and gives the page that the server would show. */
async function ask(form, what, signal) {
  const body = new URLSearchParams(new FormData(form));
  body.set('do', what);
  const answer = await fetch(form.action, { method: 'POST', body, signal });
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

for (const form of document.querySelectorAll('form[data-condition]')) {
  let waiting;
  let running;
  const say = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const page = await ask(form, 'look', running.signal);
      const said = page?.getElementById('condition-said');
      if (said) document.getElementById('condition-said')?.replaceChildren(...said.childNodes);
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    if (form.querySelector('#condition')) waiting = setTimeout(say, REST);
  });
  form.addEventListener('submit', async (event) => {
    const what = event.submitter?.value ?? '';
    if (!CHANGES.test(what)) return;
    event.preventDefault();
    // Nothing was sent that may be sent only once.
    delete form.dataset.sent;
    clearTimeout(waiting);
    running?.abort();
    const page = await ask(form, what);
    const fresh = page?.getElementById('condition');
    if (!fresh) return;
    document.getElementById('condition').replaceWith(document.adoptNode(fresh));
    const group = /^add:(\d+)$/.exec(what)?.[1];
    const rows = [...document.querySelectorAll('#condition fieldset.condition')].filter((row) =>
      group === undefined || row.querySelector('[name^="group-"]')?.value === group);
    const target = what.startsWith('add')
      ? rows.at(-1)
      : document.querySelector('#formula') ?? document.querySelector('#new-subject');
    (target?.querySelector?.('select') ?? target)?.focus();
  });
}
