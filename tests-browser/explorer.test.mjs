/**
 * The explorer on the demonstration's data: choices that repaint in place, the address bar and the back
 * button, the keyboard, what a screen reader is told, and the same without script.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  DEMO_OWNER, checkAxe, checkWidth, complaintsOf, signIn, startBrowser, startPeil, visitor,
} from "./support.mjs";

const START = "/results/explore?survey=kto-relatie&group=segment.regio";

let peil;
let browser;
let page;
let complaints;

before(async () => {
  peil = await startPeil({ command: "demo" });
  browser = await startBrowser();
  page = await visitor(browser, { bypassCSP: false });
  await signIn(page, peil.url, DEMO_OWNER);
  complaints = complaintsOf(page);
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

/** Waits until `action` has brought other figures into the page; gives the address of their part. */
async function repainted(action) {
  await page.evaluate(() => document.getElementById("explored").setAttribute("data-old", ""));
  await action();
  await page.waitForFunction(() => !document.getElementById("explored").hasAttribute("data-old"));
}

/** The title above the figures. */
const title = () => page.locator("#explored-title").innerText();

for (const view of ["heat", "ladder", "trend"]) {
  test(`the ${view} is in order, light and dark, on a phone and on the narrowest one`, async () => {
    await page.goto(`${peil.url}${START}&view=${view}&step=quarter&channel=email`);
    await checkAxe(page, view);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("main details")) details.open = true;
    });
    await checkAxe(page, `${view}, unfolded`);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("main details")) details.open = false;
    });
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 740 });
      await checkWidth(page, `${view} at ${width} px`);
    }
    await checkAxe(page, `${view} on a phone`);
    await page.setViewportSize({ width: 1280, height: 720 });
  });
}

test("a choice fetches only the part with the figures, and the address bar holds it", async () => {
  await page.goto(peil.url + START);
  const asked = [];
  // The browser fetches the icon of the page whenever it likes.
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.endsWith("/favicon.svg")) asked.push(pathname);
  });
  await page.locator("#second").focus();
  await repainted(() => page.locator("#second").selectOption("segment.klantgroep"));
  assert.deepEqual(asked, ["/results/explore/part"]);
  page.removeAllListeners("request");
  assert.equal(await title(), "NPS per Regio en Klantgroep");
  assert.equal(new URL(page.url()).searchParams.get("second"), "segment.klantgroep");
  const focused = await page.evaluate(() => document.activeElement.id);
  assert.equal(focused, "second", "one can go on choosing");
  assert.match(await page.locator("#explore-said").innerText(), /NPS per Regio en Klantgroep: .*antwoorden/);
  assert.match(await page.locator(".explored-took").innerText(), /^[\d.]+ antwoorden in [\d.,]+ ms$/);
  const shared = await visitor(browser);
  await signIn(shared, peil.url, DEMO_OWNER);
  await shared.goto(page.url());
  assert.equal(await shared.locator("#explored-title").innerText(), await title());
  assert.equal(await shared.locator("#second").inputValue(), "segment.klantgroep");
  await shared.context().close();
});

test("the back button leads through the choices, and the form follows", async () => {
  await page.goto(peil.url + START);
  await repainted(() => page.getByRole("link", { name: "Ladder" }).click());
  await repainted(() => page.locator("#group").selectOption("channel"));
  assert.equal(await title(), "NPS per Kanaal");
  await repainted(() => page.goBack());
  assert.equal(await page.locator("#group").inputValue(), "segment.regio");
  await page.locator("figure.chart").waitFor();
  await repainted(() => page.goBack());
  await page.locator("table.heat").waitFor();
  await repainted(() => page.goForward());
  await page.locator("figure.chart").waitFor();
});

test("filters become chips that turn round and go away", async () => {
  await page.goto(peil.url + START);
  const counted = () => page.locator(".explored-took").innerText().then((words) => Number(words.split(" ")[0].replace(/\D/g, "")));
  const all = await counted();
  await page.locator("#explore-filter > summary").click();
  const fold = page.locator('[id="fold-segment.klantgroep"]');
  await fold.locator("summary").click();
  await repainted(() => fold.getByRole("checkbox", { name: "Zakelijk" }).check());
  assert.ok(await fold.isVisible(), "the panel stays open");
  const some = await counted();
  assert.ok(some < all);
  await page.keyboard.press("Escape");
  await repainted(() => page.getByRole("link", { name: /Zakelijk: laat dit juist weg/ }).click());
  await page.locator(".chip.is-excluded", { hasText: "Zakelijk" }).waitFor();
  assert.ok(await fold.locator("[name=except]").isChecked());
  const rest = await counted();
  assert.equal(some + rest, all, "who is left out and who is left over are everyone");
  await repainted(() => page.getByRole("link", { name: /Zakelijk: filter weghalen/ }).click());
  assert.equal(await counted(), all);
  assert.equal(await page.evaluate(() => document.activeElement.id), "explored-title");
});

test("the heat map works by keyboard: arrows go on, enter opens the answers", async () => {
  await page.goto(`${peil.url}${START}&second=segment.klantgroep`);
  const first = page.locator("table.heat .heat-cell").first();
  assert.equal(await page.locator('table.heat [tabindex="0"]').count(), 1, "one stop for the tab key");
  await first.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  const name = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const row = await page.locator("table.heat tbody tr").nth(1).locator("th").innerText();
  const column = await page.locator("table.heat thead th").nth(2).innerText();
  assert.ok(name.startsWith(`${row}, ${column}:`), name);
  await page.locator("#explore-tip", { hasText: column }).waitFor();
  await page.keyboard.press("Home");
  assert.ok(await page.evaluate(() => document.activeElement.closest("td").cellIndex === 1));
  const href = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press("Enter");
  await page.waitForURL(href);
  assert.match(page.url(), /\/responses\?survey=kto-relatie.*segment\.regio=/);
  await page.goBack();
  await page.locator("table.heat").waitFor();
  const headers = await page.locator("table.heat").evaluate((table) => ({
    rows: table.querySelectorAll("th[scope=row]").length,
    columns: table.querySelectorAll("th[scope=col]").length,
  }));
  assert.ok(headers.rows > 2 && headers.columns > 2, "a real table with headers");
});

test("lines work by keyboard: along a line, and to the line below", async () => {
  await page.goto(`${peil.url}${START}&view=trend&step=quarter`);
  const door = page.locator('.chart-wide svg a[tabindex="0"]');
  assert.equal(await door.count(), 1);
  await door.focus();
  const name = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const start = await name();
  await page.keyboard.press("ArrowRight");
  const next = await name();
  assert.notEqual(next, start);
  assert.equal(next.split(",")[0], start.split(",")[0], "the same line");
  await page.keyboard.press("ArrowDown");
  assert.notEqual((await name()).split(",")[0], start.split(",")[0], "another line");
  const tip = page.locator("#explore-tip", { hasText: await name() });
  await tip.waitFor();
  await page.evaluate(() => new Promise((moved) => {
    addEventListener("scroll", () => requestAnimationFrame(moved), { once: true });
    scrollBy(0, scrollY > 0 ? -30 : 30);
  }));
  assert.ok(await tip.isVisible(), "the tip of the focus stays while the page moves");
  await page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
});

test("searching the groups looks again while one types, and the focus stays", async () => {
  await page.goto(`${peil.url}${START}&view=ladder`);
  await repainted(() => page.locator("#find").pressSequentially("holland"));
  await page.waitForFunction(() => document.querySelectorAll(".chart-wide svg a, .chart-wide svg g[role=img]").length === 2);
  assert.equal(await page.locator("#find").inputValue(), "holland");
  assert.equal(await page.evaluate(() => document.activeElement.id), "find");
  await repainted(() => page.locator("#find").fill("xyzzy"));
  await page.getByText("Geen groep met deze letters in de naam.").waitFor();
});

test("the table comes when it is unfolded, and with every choice from then on", async () => {
  await page.goto(`${peil.url}${START}`);
  await repainted(() => page.locator("#second").selectOption("channel"));
  const table = page.locator("#explored-table table");
  assert.equal(await table.count(), 0);
  const fold = page.locator("#explored-table summary");
  await fold.focus();
  await page.keyboard.press("Enter");
  await table.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), await fold.getAttribute("id"));
  const columns = await table.locator("thead th").count();
  await repainted(() => page.locator("#second").selectOption(""));
  assert.notEqual(await table.locator("thead th").count(), columns);
  await checkAxe(page, "unfolded after a choice");
});

test("without script the form and the links lead to the same", async () => {
  const plain = await visitor(browser, { javaScriptEnabled: false });
  await signIn(plain, peil.url, DEMO_OWNER);
  await plain.goto(peil.url + START);
  await plain.locator("#second").selectOption("channel");
  await plain.getByRole("button", { name: "Toon", exact: true }).click();
  assert.equal(await plain.locator("#explored-title").innerText(), "NPS per Regio en Kanaal");
  await plain.getByRole("link", { name: "Ladder" }).click();
  await plain.locator("figure.chart").waitFor();
  assert.equal(await plain.locator("#second").inputValue(), "channel");
  assert.ok(await plain.locator("#explored-table table").count());
  await plain.context().close();
});

test("exploring left no complaint in the console", () => {
  assert.deepEqual(complaints, []);
});
