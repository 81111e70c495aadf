// How this browser shows Peil: light, dark or as the system does, and whether the rail is narrow.
// Load it in the head, before the first paint: <script type="module" blocking="render" src="/static/theme.js"></script>
// Hooks: data-theme-choice on radio buttons (value "system", "light" or "dark"); data-rail-toggle on a button.
// A hook that is absent does nothing; without script the page follows the system and the rail is wide.

const root = document.documentElement;

/** @param {string} key @returns {string | null} null too when the browser keeps no storage */
function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value an empty value forgets */
function remember(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
}

/** @param {string | null} theme */
function showTheme(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

/** @param {boolean} isNarrow */
function showRail(isNarrow) {
  if (isNarrow) root.dataset.rail = "narrow";
  else delete root.dataset.rail;
  for (const button of document.querySelectorAll("[data-rail-toggle]")) {
    button.setAttribute("aria-expanded", String(!isNarrow));
  }
}

function connect() {
  const chosen = remembered("peil-theme") ?? "system";
  for (const input of document.querySelectorAll("input[data-theme-choice]")) {
    input.checked = input.value === chosen;
    input.addEventListener("change", () => {
      remember("peil-theme", input.value === "system" ? "" : input.value);
      showTheme(input.value);
    });
  }
  for (const button of document.querySelectorAll("[data-rail-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const isNarrow = root.dataset.rail !== "narrow";
      remember("peil-rail", isNarrow ? "narrow" : "");
      showRail(isNarrow);
    });
  }
  showRail(remembered("peil-rail") === "narrow");
}

showTheme(remembered("peil-theme"));
if (remembered("peil-rail") === "narrow") root.dataset.rail = "narrow";
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", connect);
else connect();
