/**
 * How long a choice in the explorer takes on a screen, from the change to the frame with the new figures, on
 * the store of `cargo dev bench collect`. `cargo dev bench screen` starts it, with PEIL_URL, PEIL_COOKIE
 * and PEIL_RESULTS; it prints a line of JSON per choice.
 */
import { startBrowser, visitor } from "./support.mjs";

const { PEIL_URL, PEIL_COOKIE, PEIL_RESULTS } = process.env;
const AGAIN = 5;
const START = { group: "segment.regio" };

const select = (name, value) => ({ name, value });
const tick = (name, value) => ({ name, value, isBox: true });
const view = (number) => ({ click: `view-${number}` });

/** What is chosen and how one comes back from it, in the order of who explores; `from` is where it begins. */
const CHOICES = [
  ["another measure", {}, select("what", /^csat/), select("what", /^nps/)],
  ["number of submissions", {}, select("what", /:count$/), select("what", /^nps/)],
  ["25 groups by month", {}, select("group", "segment.sector"), select("group", "segment.regio")],
  ["a second group, 12 by 25", {}, select("second", "segment.sector"), select("second", "")],
  ["a second group, one of 2", {}, select("second", "channel"), select("second", "")],
  ["by quarter", {}, select("step", "quarter"), select("step", "month")],
  ["by week", {}, select("step", "week"), select("step", "month")],
  ["by day", {}, select("step", "day"), select("step", "month")],
  ["twelve months", {}, select("period", "12-months"), select("period", "all")],
  ["a filter", {}, tick("channel", "email"), tick("channel", "email")],
  ["a second filter", { channel: "email" }, tick("segment.sector", "sector 3"), tick("segment.sector", "sector 3")],
  [
    "a third filter", { channel: "email", "segment.sector": "sector 3" },
    tick("segment.regio", "regio 5"), tick("segment.regio", "regio 5"),
  ],
  [
    "three new filters at once", { channel: "link", "segment.sector": "sector 7", step: "quarter" },
    tick("segment.regio", "regio 2"), tick("segment.regio", "regio 2"),
  ],
  ["a range of scores", {}, select("most", "6"), select("most", "")],
  ["heat map to ladder", {}, view(2), view(1)],
  ["heat map to lines", {}, view(3), view(1)],
  ["lines by week", { view: "trend" }, select("step", "week"), select("step", "month")],
  ["letters of a name", {}, select("find", "regio 1"), select("find", "")],
];

const address = (fields) => {
  const [path, query] = PEIL_RESULTS.replace("/results?", "/results/explore?").split("?");
  return `${PEIL_URL}${path}?${new URLSearchParams([...new URLSearchParams(query), ...Object.entries({ ...START, ...fields })])}`;
};

/** Chooses something; how long it was until the frame with other figures, and what of that the answer took. */
async function choose(page, choice) {
  const plain = { ...choice };
  if (choice.value instanceof RegExp) {
    const values = await page.locator(`[name="${choice.name}"] option`).evaluateAll((all) => all.map(({ value }) => value));
    plain.value = values.find((value) => choice.value.test(value));
  }
  return page.evaluate(async ({ name, value, isBox, click }) => {
    performance.clearResourceTimings();
    const old = document.getElementById("explored");
    const painted = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        if (document.getElementById("explored") === old) return;
        watch.disconnect();
        // What is sent from within the last moment of a frame comes back after that was painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now());
          port2.postMessage(null);
        });
      });
      watch.observe(old.parentElement, { childList: true });
    });
    const start = performance.now();
    if (click) {
      document.getElementById(click).click();
    } else {
      const form = document.querySelector("form[data-explore]");
      const all = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
      const control = isBox ? all.find((box) => box.value === value) : all[0];
      if (isBox) control.checked = !control.checked;
      else control.value = value;
      const kind = control.type === "search" ? "input" : "change";
      control.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    const ms = (await painted) - start;
    const [asked] = performance.getEntriesByType("resource").filter((one) => one.name.includes("/explore/part"));
    return { ms, server: asked ? asked.responseEnd - asked.requestStart : 0 };
  }, plain);
}

const browser = await startBrowser();
try {
  const [name, value] = PEIL_COOKIE.split("=");
  const page = await visitor(browser, { viewport: { width: 1440, height: 900 }, bypassCSP: false });
  await page.context().addCookies([{ name, value, url: PEIL_URL }]);
  // The browser itself has much to do the first time that it shows such a page.
  await page.goto(address({ group: "language" }));
  await choose(page, select("step", "year"));
  for (const [name, from, to, back] of CHOICES) {
    await page.goto(address(from));
    const first = await choose(page, to);
    const again = [];
    for (let time = 0; time < AGAIN; time += 1) {
      await choose(page, back);
      again.push(await choose(page, to));
    }
    console.log(JSON.stringify({
      name,
      new_ms: first.ms,
      new_server_ms: first.server,
      again_ms: again.map(({ ms }) => ms),
      server_ms: again.map(({ server }) => server),
    }));
  }
} finally {
  await browser.close();
}
