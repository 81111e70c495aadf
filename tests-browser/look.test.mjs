/**
 * The organisation's logo in a real browser: chosen on the settings page, shown to customers within
 * three requests in light and dark, and forms that are sent twice.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import {
  checkAxe, checkWidth, complaintsOf, makeSurvey, setUp, startBrowser, startPeil, visitor,
} from "./support.mjs";

const PICTURE = new URL("../docs/images/results.png", import.meta.url);

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
  await makeSurvey(page, peil.url, "nps-waarom", "Winkel");
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

/** A picture of the given size, drawn by the browser itself. */
async function draw(width, height, type) {
  const address = await page.evaluate(({ width, height, type }) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#0f6b4f";
    pen.fillRect(4, 4, width - 8, height - 8);
    return canvas.toDataURL(type);
  }, { width, height, type });
  return Buffer.from(address.split(",")[1], "base64");
}

/** Sends a file with the form. */
async function choose(name, mimeType, buffer) {
  await page.goto(`${peil.url}/settings/look`);
  await page.locator("#logo").setInputFiles({ name, mimeType, buffer });
  await page.locator('form[action="/settings/look/logo"] button').click();
}

test("a picture that is too heavy is refused in words", async () => {
  const heavy = Buffer.concat([await readFile(PICTURE), Buffer.alloc(300_000)]);
  await choose("scherm.png", "image/png", heavy);
  await page.getByRole("alert").getByText("Dit bestand is te groot").waitFor();
  await checkAxe(page, "a refused logo");
});

test("every kind of picture that is taken is drawn for customers", async () => {
  for (const type of ["image/png", "image/jpeg", "image/webp"]) {
    await choose("logo", type, await draw(400, 100, type));
    await page.getByRole("status").waitFor();
    const customer = await visitor(browser, { viewport: { width: 360, height: 740 } });
    const requests = [];
    customer.on("request", (request) => requests.push(request.url()));
    await customer.goto(`${peil.url}/s/winkel`);
    const logo = customer.getByRole("img", { name: "Testwinkel" });
    const drawn = await logo.evaluate((image) => image.decode().then(() => image.naturalWidth));
    assert.equal(drawn, 400, type);
    assert.equal(requests.length, 3, requests.join(" "));
    await checkWidth(customer, "a questionnaire with a logo");
    await checkAxe(customer, "a questionnaire with a logo");
    await customer.context().close();
  }
});

test("the page of the look is in order with a logo, on a phone too", async () => {
  await page.goto(`${peil.url}/settings/look`);
  await checkAxe(page, "the look with a logo");
  await page.setViewportSize({ width: 360, height: 740 });
  await checkWidth(page, "the look at 360 px");
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole("button", { name: "Logo weghalen" }).click();
  await page.getByText("Kies een bestand").waitFor();
  assert.equal(await page.locator(".logo-shown").count(), 0);
});

test("a form that is sent twice makes one thing, and going back leaves it usable", async () => {
  await page.goto(`${peil.url}/audience/new`);
  await page.locator("#name").fill("Jan Jansen");
  await page.locator("#external_id").fill("K1");
  await page.locator("main form button[type=submit]").dblclick();
  await page.waitForURL(/\/audience\/[0-9a-f-]{36}/);
  await page.goBack();
  await page.locator("#name").fill("Piet Puk");
  await page.locator("#external_id").fill("K2");
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/\/audience\/[0-9a-f-]{36}/);
  await page.goto(`${peil.url}/audience`);
  assert.equal(await page.locator("tbody tr").count(), 2);
});

test("whoever changes the language after a refused form gets the page of the form", async () => {
  await choose("leeg.png", "image/png", Buffer.alloc(10));
  await page.getByRole("alert").waitFor();
  await page.locator(".topbar details summary").click();
  await page.getByRole("button", { name: "English" }).click();
  await page.waitForURL(/\/settings\/look$/);
  await page.getByRole("heading", { name: "How do customers see your questions?" }).waitFor();
});

test("the settings left no complaint in the console", () => {
  const unexpected = complaints.filter((text) => !/status of 422/.test(text));
  assert.deepEqual(unexpected, []);
});
