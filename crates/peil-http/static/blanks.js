/**
 * Puts a place to fill in, such as `{{naam}}`, into the text that was written in last: what is listed
 * under [data-blanks] becomes a button. Without script it is copied by hand.
 */

/** Texts that can hold such a place. */
const TEXTS = ['text', 'help', 'label', 'row_text', 'heading', 'title', 'intro', 'thanks', 'thanks_low', 'ending']
  .map((name) => `:is(textarea, input)[name^="${name}."]`)
  .concat(':is(textarea, input)[name^="subject_"]', ':is(textarea, input)[name^="message_"]').join(', ');

/** The text that was written in last. */
let written = null;

function put(list, words) {
  const form = list.closest('form');
  const field = written?.form === form && written?.isConnected ? written : form?.querySelector(TEXTS);
  if (!field) return;
  field.setRangeText(words, field.selectionStart, field.selectionEnd, 'end');
  field.focus();
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Makes buttons of what is listed; parts of the designer are renewed all the time. */
function prepare() {
  for (const place of document.querySelectorAll('[data-blanks] code[data-blank]:not(:has(button))')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button is-quiet is-small';
    button.textContent = place.textContent;
    button.addEventListener('click', () => put(place.closest('[data-blanks]'), place.dataset.blank));
    place.replaceChildren(button);
  }
}

document.addEventListener('focusin', (event) => {
  if (event.target.matches(TEXTS)) written = event.target;
});
new MutationObserver(prepare).observe(document.body, { childList: true, subtree: true });
prepare();
