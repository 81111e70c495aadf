/**
 * What every admin page gains from script. Each behaviour hangs on one data attribute or element;
 * where that is absent nothing happens, and without script every page still works.
 */

/**
 * Closes open popovers when one clicks elsewhere, leaves them by keyboard, or presses Escape.
 *
 * Pressing a mouse button moves the focus before the click is complete: closing at that moment
 * would move the page under the pointer, so that the click lands beside what was pressed.
 */
function closePopovers() {
  let isPressed = false;
  document.addEventListener('mousedown', () => { isPressed = true; }, true);
  for (const end of ['mouseup', 'dragend']) {
    document.addEventListener(end, () => setTimeout(() => { isPressed = false; }), true);
  }
  const open = () => document.querySelectorAll('details.popover[open], details.dock-more[open]');
  document.addEventListener('click', (event) => {
    for (const details of open()) if (!details.contains(event.target)) details.open = false;
  });
  document.addEventListener('focusin', (event) => {
    if (isPressed) return;
    for (const details of open()) if (!details.contains(event.target)) details.open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const details of open()) {
      details.open = false;
      details.querySelector('summary')?.focus();
    }
  });
}

/** Puts the focus on the summary of errors, so that a screen reader begins there. */
function focusErrors() {
  document.querySelector('[data-focus]')?.focus();
}

/** Buttons with data-copy="id" copy the text of that element and say so. */
function copyButtons() {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const source = document.getElementById(button.dataset.copy);
      if (!source) return;
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      const before = button.textContent;
      button.textContent = button.dataset.copied ?? before;
      setTimeout(() => { button.textContent = before; }, 2000);
    });
  }
}

/** Forms with data-autosubmit send themselves when a choice in them changes. */
function autoSubmit() {
  for (const form of document.querySelectorAll('form[data-autosubmit]')) {
    form.addEventListener('change', () => form.requestSubmit());
    for (const button of form.querySelectorAll('[data-autosubmit-button]')) button.hidden = true;
  }
}

/** Shows the tab of this page where there is no room for all of them. */
function showTab() {
  for (const tab of document.querySelectorAll('.tabs [aria-current]')) {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}

/** A form that was sent cannot be sent again by a second click, one that came later neither. */
function sendOnce() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  }, true);
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  });
}

/** Elements with data-refresh="seconds" load their own page again and replace themselves. */
function refresh() {
  for (const part of document.querySelectorAll('[data-refresh][id]')) {
    const seconds = Number(part.dataset.refresh);
    const again = async () => {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById(part.id);
      const here = document.getElementById(part.id);
      if (!fresh || !here) return;
      here.replaceWith(fresh);
      if (fresh.dataset.refresh) setTimeout(again, seconds * 1000);
    };
    setTimeout(again, seconds * 1000);
  }
}

closePopovers();
focusErrors();
copyButtons();
autoSubmit();
showTab();
sendOnce();
refresh();
