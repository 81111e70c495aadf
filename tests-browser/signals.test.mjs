/**
 * Signals in a real browser: the empty list teaches, the mail is switched on and off; on the demonstration's
 * data the planted problem stands on the first page and leads to its evidence and to the theme and back. Every
 * page of them passes axe in both colour schemes and fits a phone.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  DEMO_OWNER, checkAxe, checkWidth, complaintsOf, setUp, signIn, startBrowser, startPeil, visitor,
} from "./support.mjs";

let peil;
let browser;
let page;
let complaints;

before(async () => {
  peil = await startPeil();
  browser = await startBrowser();
  page = await visitor(browser, { bypassCSP: false });
  complaints = complaintsOf(page);
  await setUp(page, peil.url);
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

test("an empty list says what will appear, and leads to how it is decided", async () => {
  await page.goto(`${peil.url}/signals`);
  await page.getByText("Er is nu niets dat om een blik vraagt").waitFor();
  await checkAxe(page, "no signals");
  await checkWidth(page, "no signals");
  await page.getByRole("link", { name: "Hoe Peil dit bepaalt" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.match(page.url(), /\/methods\/full\/signals$/);
});

test("a mail on days with new signals is switched on and off again", async () => {
  await page.goto(`${peil.url}/signals`);
  await page.getByRole("button", { name: "Mail aanzetten" }).click();
  await page.getByText("krijg je één mail").waitFor();
  await page.getByRole("button", { name: "Mail uitzetten" }).click();
  await page.getByRole("button", { name: "Mail aanzetten" }).waitFor();
});

test("a limit that is no share is refused beside its field, and what was typed stays", async () => {
  await page.goto(`${peil.url}/signals`);
  const field = page.getByLabel("Grens in procenten van de antwoorden");
  await field.fill("alles");
  await page.getByRole("button", { name: "Grens bewaren" }).click();
  await page.locator("#chronic_share-error").waitFor();
  assert.equal(await field.inputValue(), "alles");
  await checkAxe(page, "a refused limit");
  await field.fill("12,5");
  await page.getByRole("button", { name: "Grens bewaren" }).click();
  await page.getByText("De grens is bewaard").waitFor();
  assert.equal(await field.inputValue(), "12,5");
});

test("nothing is refused by the policy of the pages", () => {
  // A limit that is no number is refused, which the browser says too.
  assert.deepEqual(complaints.filter((text) => !text.includes("status of 422")), []);
});

test("the planted problem is among the signals and leads to its evidence, its theme and back", async () => {
  const demo = await startPeil({ command: "demo" });
  try {
    const reader = await visitor(browser, { bypassCSP: false });
    await signIn(reader, demo.url, DEMO_OWNER);
    const refused = complaintsOf(reader);
    await reader.goto(demo.url);
    await reader.getByRole("heading", { name: "Nieuwe signalen" }).waitFor();
    await checkAxe(reader, "the first page with signals");
    // The story is fitted to the calendar: by now the problem may be over.
    await reader.getByRole("link", { name: "Alle signalen" }).click();
    const line = reader.locator("li", { has: reader.locator(".tag", { hasText: "structureel" }) });
    await line.getByRole("link", { name: "Bezorging en verzending" }).first().click();
    await reader.locator("svg.chart-wide, .chart-wide svg").first().waitFor();
    assert.ok((await reader.locator(".quote mark").count()) > 0);
    await reader.evaluate(() => {
      for (const details of document.querySelectorAll("main details.as-table")) details.open = true;
    });
    await checkAxe(reader, "a signal of a theme");
    for (const width of [360, 320]) {
      await reader.setViewportSize({ width, height: 740 });
      await checkWidth(reader, `a signal of a theme at ${width} px`);
    }
    await reader.setViewportSize({ width: 1280, height: 720 });
    const address = new URL(reader.url()).pathname;
    await reader.getByRole("link", { name: "Bekijk het thema" }).click();
    await reader.getByRole("heading", { name: "Incident of structureel?" }).waitFor();
    await checkAxe(reader, "a theme with its verdict");
    await reader.locator(`a[href="${address}"]`).first().click();
    await reader.getByLabel("Waarom is dit geen probleem?").fill("De oude bezorger komt terug");
    await reader.getByRole("button", { name: "Niets mee doen" }).click();
    await reader.goto(`${demo.url}/signals?state=dismissed`);
    await reader.getByText("De oude bezorger komt terug").waitFor();
    await checkAxe(reader, "signals with a reason");
    assert.deepEqual(refused, []);
  } finally {
    await demo.stop();
  }
});
