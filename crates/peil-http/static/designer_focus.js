/**
 * Where the focus of the designer goes when what had it was renewed: to the same thing, or to what
 * stands in its place. Stands before designer.js in one file.
 */

/** How to find an element again after the parts were renewed. */
function sameAs(element, value = element?.value) {
  if (!element || !element.closest('[data-designer]')) return [];
  if (element.id) return [`#${CSS.escape(element.id)}`];
  const action = element.form?.getAttribute('action');
  if (action && value) {
    const named = `[name="${CSS.escape(element.name)}"][value="${CSS.escape(value)}"]`;
    return [`form[action="${CSS.escape(action)}"] ${named}:not([aria-hidden])`];
  }
  const item = element.closest('li[id]');
  if (!item && element.href) return [`a[href="${CSS.escape(element.getAttribute('href'))}"]`];
  return item ? [`#${CSS.escape(item.id)} a`] : [];
}

/** Values of the buttons in the place of one in a list of options, after it was pressed. */
function besideOption(what) {
  const [deed, number] = what.split(':');
  const at = Number(number);
  if (deed === 'remove') return [what, `remove:${at - 1}`, 'add-option'];
  if (deed === 'remove-label') return [what, `remove-label:${at - 1}`, 'add-label'];
  const to = deed === 'up' ? at - 1 : at + 1;
  return [`${deed}:${to}`, `${deed === 'up' ? 'down' : 'up'}:${to}`];
}

/** How to find an element again, or what stands in its place: the best first. */
function placesOf(element) {
  const same = sameAs(element);
  const what = same.length && !element.id ? element.value : '';
  if (!what) return same;
  if (/^(up|down|remove|remove-label):\d+$/.test(what)) {
    return besideOption(what).flatMap((value) => sameAs(element, value));
  }
  if (/^add-(option|label)$/.test(what)) {
    return [`fieldset:has([value="${what}"]) .option:last-child .field-input`, ...same];
  }
  // Where something cannot be moved further it can be moved back.
  const back = { up: 'down', down: 'up' }[what];
  if (back) return [...same, ...sameAs(element, back)];
  // A finding that was dealt with leads to the text that it was about.
  const about = element.closest('.findings[id]')?.id.replace('findings-', '#');
  return about ? [...same, about] : same;
}

/** The first of what is described that can be used. */
function findFirst(descriptions) {
  for (const description of descriptions) {
    const found = document.querySelector(description);
    if (found && !found.disabled) return found;
  }
  return null;
}
