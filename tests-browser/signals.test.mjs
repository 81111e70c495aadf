/**
 * Signals in a real browser: the empty list teaches, the mail is switched on and off, a limit is set, and every
 * page of them passes axe in both colour schemes and fits a phone.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  checkAxe, checkWidth, complaintsOf, setUp, startBrowser, startPeil, visitor,
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
  assert.deepEqual(complaints, []);
});
