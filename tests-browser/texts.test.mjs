/** Translating, dressing and comparing a questionnaire in a real browser, with script and without. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  checkAxe, checkWidth, complaintsOf, makeSurvey, setUp, signIn, startBrowser, startPeil, visitor,
} from "./support.mjs";

let peil;
let browser;
let survey;

before(async () => {
  peil = await startPeil();
  browser = await startBrowser();
  const page = await visitor(browser);
  await setUp(page, peil.url);
  survey = await makeSurvey(page, peil.url, "kto-kort", "Kort");
  await page.context().close();
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

/** A page of the questionnaire for someone who is signed in. */
async function open(path, options) {
  const page = await visitor(browser, options);
  await signIn(page, peil.url);
  await page.goto(`${peil.url}${survey}/${path}`);
  return page;
}

test("a translation is saved as soon as its field is left", async () => {
  const page = await open("translations", { viewport: { width: 360, height: 800 } });
  const complaints = complaintsOf(page);
  await checkAxe(page, "translations");
  await checkWidth(page, "translations");
  await page.locator("#title").fill("How is it going?");
  await page.locator("#intro").focus();
  await page.locator('[data-place="title"] .translation-said').getByText("Opgeslagen").waitFor();
  await page.reload();
  assert.equal(await page.locator("#title").inputValue(), "How is it going?");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("who comes second sees what the other wrote and loses nothing", async () => {
  const [first, second] = [await open("translations"), await open("translations")];
  await second.locator("#thanks").fill("Theirs");
  await second.locator("#title").focus();
  await second.locator('[data-place="thanks"] .translation-said').getByText("Opgeslagen").waitFor();
  await first.locator("#thanks").fill("Mine");
  await first.locator("#title").focus();
  await first.locator('[data-place="thanks"] .error').getByText("Theirs").waitFor();
  assert.equal(await first.locator("#thanks").inputValue(), "Mine");
  await first.locator("#thanks").fill("Mine after all");
  await first.locator("#title").focus();
  await first.locator('[data-place="thanks"] .translation-said').getByText("Opgeslagen").waitFor();
  await second.reload();
  assert.equal(await second.locator("#thanks").inputValue(), "Mine after all");
  for (const page of [first, second]) await page.context().close();
});

test("without script one button saves every translation", async () => {
  const page = await open("translations", { javaScriptEnabled: false });
  await page.locator("#intro").fill("Your answers help.");
  await page.getByRole("button", { name: "Sla vertalingen op" }).click();
  await page.getByRole("status").getByText("De vertalingen zijn opgeslagen").waitFor();
  assert.equal(await page.locator("#intro").inputValue(), "Your answers help.");
  await page.context().close();
});

test("a colour shows at once, and one that reads badly comes with a better one", async () => {
  const page = await open("design");
  const complaints = complaintsOf(page);
  await page.locator("#accent").fill("#ffcc00");
  await page.getByText("Slecht leesbaar op wit").waitFor();
  await page.locator("[data-proposal]").click();
  await page.getByText("Goed leesbaar op wit").waitFor();
  const shown = page.frameLocator(".device iframe").locator("link[rel=stylesheet]");
  const chosen = (await page.locator("#accent").inputValue()).slice(1);
  await page.waitForFunction((colour) => document.querySelector(".device iframe").src.includes(colour), chosen);
  assert.match(await shown.getAttribute("href"), new RegExp(chosen));
  await checkAxe(page, "design");
  await page.getByRole("button", { name: "Sla uiterlijk op" }).click();
  await page.getByRole("status").getByText("Het uiterlijk is opgeslagen").waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("versions, their comparison and the paper fit on a phone", async () => {
  for (const path of ["versions", "versions/compare", "print"]) {
    const page = await open(path, { viewport: { width: 360, height: 800 } });
    await checkAxe(page, path);
    await checkWidth(page, path);
    await page.context().close();
  }
});
