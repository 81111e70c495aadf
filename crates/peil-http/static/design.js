/**
 * Shows a look while it is chosen, on the page of the design of a questionnaire: the example and the
 * words about contrast follow the form. Without script a button does the same. Nothing is saved.
 */

const design = document.querySelector('[data-design]');
const form = design?.querySelector('form');
/** Where a colour is picked; its code stands in the form. */
const picker = design?.querySelector('[data-colour]');

/** Fetches the page for what is chosen now and takes over the example and the contrast. */
async function renew() {
  const chosen = new URLSearchParams(new FormData(form));
  chosen.delete('csrf');
  chosen.delete('revision');
  const answer = await fetch(`${form.action}?${chosen}`);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const contrast = page.getElementById('design-contrast');
  if (contrast) document.getElementById('design-contrast').replaceChildren(...contrast.childNodes);
  const source = page.querySelector('.device iframe')?.getAttribute('src');
  const frame = design.querySelector('.device iframe');
  if (!source || source === frame.getAttribute('src')) return;
  frame.setAttribute('src', source);
  design.querySelector('.device-bar a').setAttribute('href', source);
}

if (form) {
  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(renew, 150);
  };
  form.querySelector('[data-design-look]').hidden = true;
  picker.hidden = false;
  form.addEventListener('input', (event) => {
    const code = form.elements.accent;
    if (event.target === picker) code.value = picker.value;
    if (event.target === code && /^#[0-9a-f]{6}$/i.test(code.value.trim())) picker.value = code.value.trim();
    if (event.target === picker || event.target === code) form.elements.whose.value = 'own';
    soon();
  });
  form.addEventListener('click', (event) => {
    const proposal = event.target.closest('[data-proposal]');
    if (!proposal) return;
    event.preventDefault();
    form.elements.accent.value = proposal.dataset.proposal;
    picker.value = proposal.dataset.proposal;
    form.elements.whose.value = 'own';
    form.elements.accent.focus();
    soon();
  });
}
