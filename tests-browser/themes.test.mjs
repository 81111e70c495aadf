/**
 * Themes on the demonstration's data: the picture, the list, one theme, words with what was read in
 * them; in both colour schemes, on a phone, with the keyboard, without script.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  DEMO_OWNER, checkAxe, checkWidth, complaintsOf, signIn, startBrowser, startPeil, visitor,
} from "./support.mjs";

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

for (const [name, path] of [
  ["themes", "/themes?survey=na-levering"],
  ["one theme", "/themes/delivery?survey=na-levering"],
  ["answers with what was read in them", "/responses?survey=na-levering&polarity=negative"],
  ["the themes to change", "/themes/taxonomy"],
  ["a theme to change", "/themes/taxonomy/of/delivery"],
  ["the words of a part", "/themes/taxonomy/of/delivery.late"],
  ["the versions of the themes", "/themes/taxonomy/versions"],
  ["proposals for themes", "/themes/proposals"],
]) {
  test(`${name}: in order, light and dark, on a phone and on the narrowest one`, async () => {
    await page.goto(peil.url + path);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("main details.as-table")) details.open = true;
    });
    await checkAxe(page, name);
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 740 });
      await checkWidth(page, `${name} at ${width} px`);
    }
    await checkAxe(page, `${name} on a phone`);
    await page.setViewportSize({ width: 1280, height: 720 });
    assert.deepEqual(complaints, []);
  });
}

test("a bubble is a door that the keyboard opens, and words are marked behind it", async () => {
  await page.goto(`${peil.url}/themes?survey=na-levering`);
  const bubble = page.locator("svg.chart-wide a").first();
  await bubble.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/themes\/[a-z_]+\?/);
  assert.ok((await page.locator(".quote mark").count()) > 0);
  // Colour is never alone: the theme and its tone stand there in words.
  assert.match(await page.locator(".comment .tag").first().innerText(), /negatief|positief|neutraal/);
});

test("a new theme is made and tried with the keyboard before it counts", async () => {
  await page.goto(`${peil.url}/themes/taxonomy`);
  await page.locator("#new_nl").fill("Fietsen halen");
  await page.locator("#strong_nl").fill("pakket\nkoerier");
  await page.keyboard.press("Tab");
  await page.locator("form[action='/themes/taxonomy'] button[type=submit]").focus();
  await page.keyboard.press("Enter");
  await page.locator("#draft-title").waitFor();
  await checkAxe(page, "themes with a draft");
  await page.goto(`${peil.url}/themes/taxonomy/trial`);
  assert.match(await page.locator(".compare-answer").innerText(), /200/);
  await checkAxe(page, "what a draft changes");
  await page.setViewportSize({ width: 320, height: 740 });
  await checkWidth(page, "what a draft changes at 320 px");
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.locator("form[action='/themes/taxonomy/discard'] button").press("Enter");
  await page.waitForURL(/done=taxonomy-discarded/);
  assert.equal(await page.locator("#draft-title").count(), 0);
});
