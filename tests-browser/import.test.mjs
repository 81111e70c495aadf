/** Customers from a file: upload, say what the columns mean, follow it, get bad rows back. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import {
  checkAxe, checkWidth, complaintsOf, setUp, startBrowser, startPeil, visitor,
} from "./support.mjs";

const FILE = {
  name: "klanten.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    "Klantnr;E-mailadres;Naam;Regio\r\n00123;jose@example.nl;José de Vriës;Noord\r\n" +
      "00124;geen adres;Piet;Zuid\r\n00125;anna@example.nl;Anna;Noord\r\n",
  ),
};

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

test("customers come in from a file, and refused rows come back with their reason", async () => {
  await page.goto(`${peil.url}/imports`);
  await checkAxe(page, "imports without any");
  await page.locator('a[href="/imports/new?kind=contacts"]').click();
  await page.locator("#file").setInputFiles(FILE);
  await checkAxe(page, "a chosen file");
  await page.locator('form[action="/imports"] button[type=submit]').click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
  const column = (name) => page.getByRole("combobox", { name, exact: true });
  assert.equal(await column("Klantnr").inputValue(), "external-id");
  assert.equal(await column("E-mailadres").inputValue(), "email");
  assert.equal(await column("Naam").inputValue(), "name");
  await checkAxe(page, "what columns mean");
  await page.setViewportSize({ width: 320, height: 640 });
  await checkWidth(page, "what columns mean at 320 px");
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole("button", { name: "Klanten inlezen" }).click();
  // The page renews itself until it is done.
  await page.getByRole("heading", { level: 1, name: "Klaar" }).waitFor();
  await page.getByText("dit is geen e-mailadres").waitFor();
  const counts = await page.locator("dl.facts dd").allInnerTexts();
  assert.deepEqual(counts.slice(0, 3), ["2", "0", "1"]);
  await checkAxe(page, "what came in");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download alle geweigerde rijen" }).click(),
  ]);
  const refused = await readFile(await download.path(), "utf8");
  assert.match(refused, /00124;geen adres;Piet;Zuid/);
  assert.doesNotMatch(refused, /00125/);

  await page.getByRole("link", { name: "Naar de klanten" }).click();
  await page.getByText("José de Vriës").waitFor();
});

test("columns that cannot be are refused beside the column", async () => {
  await page.goto(`${peil.url}/imports/new?kind=contacts`);
  await page.locator("#file").setInputFiles(FILE);
  await page.locator('form[action="/imports"] button[type=submit]').click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
  await page.getByRole("combobox", { name: "Naam", exact: true }).selectOption("email");
  await page.getByRole("button", { name: "Klanten inlezen" }).click();
  await page.getByRole("alert").waitFor();
  await checkAxe(page, "columns that cannot be");
});

test("a file that is no table is refused beside the field", async () => {
  await page.goto(`${peil.url}/imports/new?kind=contacts`);
  await page.locator("#file").setInputFiles({
    name: "plaatje.csv",
    mimeType: "text/csv",
    buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 0]),
  });
  await page.locator('form[action="/imports"] button[type=submit]').click();
  await page.getByRole("alert").waitFor();
  await checkAxe(page, "a refused file");
  const unexpected = complaints.filter((text) => !text.includes("status of 422"));
  assert.deepEqual(unexpected, []);
});
