/** Customers answer: with and without script, on a small phone, with the keyboard alone. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  checkAxe, checkSnapshot, checkWidth, makeSurvey, setUp, startBrowser, startPeil, visitor,
} from "./support.mjs";

let peil;
let browser;
let survey;

before(async () => {
  peil = await startPeil();
  browser = await startBrowser();
  const page = await visitor(browser);
  await setUp(page, peil.url);
  await makeSurvey(page, peil.url, "kto-kort", "kto");
  await makeSurvey(page, peil.url, "kto-kort", "eens", { allowsRepeats: false });
  await makeSurvey(page, peil.url, "kto-relatie", "relatie");
  survey = await makeSurvey(page, peil.url, "nps-waarom", "dicht");
  await page.goto(`${peil.url}${survey}/settings`);
  await page.locator(`form[action="${survey}/close"] button`).click();
  await page.waitForLoadState();
  await page.context().close();
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

/** Chooses an answer as a finger does: on the label. */
async function choose(page, name, value) {
  await page.locator(`label:has([name="${name}"][value="${value}"])`).click();
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with script" : "without script";

  test(`someone answers one page ${how}`, async () => {
    const page = await visitor(browser, { javaScriptEnabled });
    await page.goto(`${peil.url}/s/kto`);
    await choose(page, "nps", 9);
    await choose(page, "csat", 4);
    await choose(page, "ces", 6);
    await page.locator("#waarom").fill("Snel geholpen");
    await page.getByRole("button", { name: "Versturen" }).click();
    await page.locator("[data-done]").waitFor();
    await page.context().close();
  });

  test(`someone forgets an answer, goes on, back and on again ${how}, and loses nothing`, async () => {
    const page = await visitor(browser, { javaScriptEnabled });
    await page.goto(`${peil.url}/s/relatie`);
    await page.locator("#waarom").fill("Omdat het kan");
    await page.getByRole("button", { name: "Volgende" }).click();
    const alert = page.getByRole("alert");
    await alert.waitFor();
    assert.equal(await page.locator(":focus").getAttribute("role"), "alert");
    assert.equal(await page.locator("#waarom").inputValue(), "Omdat het kan");
    await alert.getByRole("link").click();
    assert.match(page.url(), /#nps$/);
    await choose(page, "nps", 8);
    await page.getByRole("button", { name: "Volgende" }).click();
    await choose(page, "csat", 2);
    await page.getByRole("button", { name: "Terug" }).click();
    assert.ok(await page.locator('[name=nps][value="8"]').isChecked());
    await page.getByRole("button", { name: "Volgende" }).click();
    assert.ok(await page.locator('[name=csat][value="2"]').isChecked());
    await page.getByRole("button", { name: "Volgende" }).click();
    await page.getByRole("button", { name: "Volgende" }).click();
    await page.getByRole("button", { name: "Versturen" }).click();
    await page.locator("[data-done]").waitFor();
    await page.context().close();
  });
}

test("the keyboard alone is enough, and Enter in a field sends the form", async () => {
  const page = await visitor(browser);
  await page.goto(`${peil.url}/s/kto`);
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(":focus").innerText(), "English", "nothing unseen takes focus");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(":focus").getAttribute("name"), "nps");
  await page.keyboard.press("Space");
  for (let step = 0; step < 9; step += 1) await page.keyboard.press("ArrowRight");
  assert.ok(await page.locator('[name=nps][value="9"]').isChecked());
  await page.keyboard.press("Enter");
  await page.locator("[data-done]").waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "nl", "not the language button");
  await page.context().close();
});

test("changing the language keeps what was typed", async () => {
  const page = await visitor(browser);
  await page.goto(`${peil.url}/s/kto`);
  await choose(page, "nps", 3);
  await page.locator("#beter").fill("Alles");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "Send" }).waitFor();
  assert.ok(await page.locator('[name=nps][value="3"]').isChecked());
  assert.equal(await page.locator("#beter").inputValue(), "Alles");
  await page.context().close();
});

test("someone who may answer once is told so kindly the second time", async () => {
  const page = await visitor(browser);
  await page.goto(`${peil.url}/s/eens`);
  await choose(page, "nps", 9);
  await page.getByRole("button", { name: "Versturen" }).click();
  await page.locator("[data-done]").waitFor();
  await page.goto(`${peil.url}/s/eens`);
  await page.getByRole("heading", { name: "Je hebt al geantwoord" }).waitFor();
  await page.context().close();
});

test("a page costs two requests and runs nothing", async () => {
  const page = await visitor(browser, { bypassCSP: false });
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(`${peil.url}/s/kto`, { waitUntil: "networkidle" });
  const fetched = requests.filter((address) => !address.startsWith("data:"));
  assert.equal(fetched.length, 2, fetched.join("\n"));
  assert.deepEqual(complaints, []);
  await page.context().close();
});

/** Every page that a customer can meet, and how to get there. */
const PAGES = {
  "respond-one-page": (page) => page.goto(`${peil.url}/s/kto`),
  "respond-preselected": (page) => page.goto(`${peil.url}/s/kto?nps=9&lang=en`),
  "respond-errors": async (page) => {
    await page.goto(`${peil.url}/s/kto`);
    await page.getByRole("button", { name: "Versturen" }).click();
    await page.getByRole("alert").waitFor();
  },
  "respond-page-2": async (page) => {
    await page.goto(`${peil.url}/s/relatie`);
    await choose(page, "nps", 7);
    await page.getByRole("button", { name: "Volgende" }).click();
    await page.locator('[name="csat"]').first().waitFor();
  },
  "respond-last-page": async (page) => {
    await page.goto(`${peil.url}/s/relatie`);
    await choose(page, "nps", 7);
    await page.getByRole("button", { name: "Volgende" }).click();
    await choose(page, "csat", 3);
    await page.getByRole("button", { name: "Volgende" }).click();
    await page.getByRole("button", { name: "Volgende" }).click();
    await page.getByRole("button", { name: "Versturen" }).waitFor();
  },
  "respond-thanks": async (page) => {
    await page.goto(`${peil.url}/s/kto?nps=2`);
    await page.getByRole("button", { name: "Versturen" }).click();
    await page.locator("[data-done]").waitFor();
  },
  "respond-unknown": (page) => page.goto(`${peil.url}/s/bestaat-niet`),
  "respond-closed": (page) => page.goto(`${peil.url}/s/dicht`),
};

for (const [name, open] of Object.entries(PAGES)) {
  test(`${name} reads well, passes axe and fits a small phone`, async () => {
    const page = await visitor(browser);
    await open(page);
    await checkSnapshot(page, name);
    await checkAxe(page, name);
    await page.setViewportSize({ width: 320, height: 640 });
    await checkWidth(page, name);
    await checkAxe(page, `${name} at 320 px`);
    await page.context().close();
  });
}
