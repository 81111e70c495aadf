/** Writing conditions: by keyboard, without script, on a phone, and for a screen reader. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  checkAxe, checkWidth, complaintsOf, makeSurvey, setUp, signIn, startBrowser, startPeil, visitor,
} from "./support.mjs";

let peil;
let browser;
let survey;
/** Key of the question behind the NPS question. */
let second;

before(async () => {
  peil = await startPeil();
  browser = await startBrowser();
  const page = await visitor(browser);
  await setUp(page, peil.url);
  survey = await makeSurvey(page, peil.url, "kto-kort", "Kort");
  await page.goto(`${peil.url}${survey}/logic`);
  const links = page.locator("a[href*='/logic/question.']");
  const keys = await links.evaluateAll((all) => all.map((link) => link.href.split("question.").at(-1)));
  second = keys.find((key) => key !== "nps");
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

async function open(options = {}) {
  const page = await visitor(browser, options);
  await signIn(page, peil.url);
  return page;
}

test("a condition is written by keyboard and its sentence follows", async () => {
  const page = await open();
  const complaints = complaintsOf(page);
  await page.goto(`${peil.url}${survey}/logic/question.${second}`);
  await page.locator("#new-subject").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("#how-0").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "how-0");
  await page.keyboard.press("Tab");
  await page.keyboard.press("6");
  await page.locator("#condition-said", { hasText: "6 of lager" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator("main form .form-end button[value=save]").press("Enter");
  await page.waitForURL(/\/logic\?/);
  await page.getByText("Alleen vragen als de NPS 6 of lager is.").waitFor();
  assert.deepEqual(complaints, []);
});

test("the same works without script, and a missing value is told beside the row", async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${peil.url}${survey}/logic/ending.new`);
  await page.locator("button[value=add]").click();
  await page.locator(".form-end button[value=save]").click();
  await page.locator(".error-summary a[href='#value-0']").waitFor();
  await page.locator("#value-0").selectOption("9");
  await page.locator("#how-0").selectOption("at-least");
  await page.locator("[name='ending.nl']").fill("Fijn om te horen.");
  await page.locator("[name='ending.en']").fill("Good to hear.");
  await page.locator(".form-end button[value=save]").click();
  await page.getByText("Tonen als de NPS 9 of hoger is.").waitFor();
});

test("nothing is found against any page of logic, and all fit a narrow phone", async () => {
  const page = await open({ viewport: { width: 360, height: 740 } });
  const places = [
    "logic", `logic/question.${second}`, "logic/page.1", "logic/jump.1.new", "logic/quota.new",
    "logic/value.new", "logic/ending.1", "logic/pace", "findings",
  ];
  for (const place of places) {
    await page.goto(`${peil.url}${survey}/${place}`);
    await checkAxe(page, place);
    await checkWidth(page, place);
  }
});
