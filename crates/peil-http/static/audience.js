/**
 * The builder of segments: counts again while conditions change. Without script the button "count"
 * does the same.
 */

/** Milliseconds of rest after which is counted. */
const REST = 350;

for (const form of document.querySelectorAll('form[data-count]')) {
  let waiting;
  let running;
  const count = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.count, { method: 'POST', body, signal: running.signal });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const id of ['size-count', 'size-sample']) {
        const here = document.getElementById(id);
        const there = fresh.getElementById(id);
        if (here && there) here.replaceChildren(...there.childNodes);
      }
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(count, REST);
  });
  for (const button of form.querySelectorAll('[data-count-button]')) button.hidden = true;
}
