/** Every kind of question, with and without script, on a phone and on a computer. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import {
  checkAxe, checkWidth, complaintsOf, makeSurvey, setUp, startBrowser, startPeil, visitor,
} from "./support.mjs";

let peil;
let browser;

before(async () => {
  peil = await startPeil();
  browser = await startBrowser();
  const page = await visitor(browser);
  await setUp(page, peil.url);
  const survey = await makeSurvey(page, peil.url, "nps-waarom", "alles");
  const file = new URL("../crates/peil-http/tests/every_kind.json", import.meta.url);
  await replace(page, survey, JSON.parse(await readFile(file, "utf8")));
  await page.context().close();
});

after(async () => {
  await browser?.close();
  await peil?.stop();
});

/** Replaces the draft of a questionnaire as a program does, and publishes it. */
async function replace(page, survey, definition) {
  await page.goto(`${peil.url}/settings/tokens`);
  await page.locator("[name=name]").fill("proef");
  for (const scope of await page.locator("[name=scopes]").all()) await scope.setChecked(true);
  await page.locator('form[action="/settings/tokens"] button[type=submit]').click();
  const authorization = `Bearer ${await page.locator("#new-token").innerText()}`;
  const call = async (method, path, body, more = {}) => {
    const headers = { authorization, "content-type": "application/json", ...more };
    const answer = await fetch(`${peil.url}/api/v1${path}`, { method, headers, body });
    assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer;
  };
  const found = await call("GET", survey);
  const tag = { "if-match": found.headers.get("etag") };
  await call("PUT", `${survey}/draft`, JSON.stringify(definition), tag);
  await call("POST", `${survey}/publish`, "{}");
}

/** Chooses an answer as a finger does: on the label. */
async function choose(page, name, value) {
  await page.locator(`label:has([name="${name}"][value="${value}"])`).click();
}

for (const javaScriptEnabled of [true, false]) {
  for (const width of [360, 1440]) {
    const how = `${javaScriptEnabled ? "with" : "without"} script at ${width} px`;

    test(`someone answers every kind of question ${how}`, async () => {
      const page = await visitor(browser, { javaScriptEnabled, viewport: { width, height: 800 } });
      const complaints = complaintsOf(page);
      const refused = "the server responded with a status of 422";
      const look = async (what) => {
        if (!javaScriptEnabled) return;
        await checkAxe(page, what);
        await checkWidth(page, what);
      };
      await page.goto(`${peil.url}/s/alles`);
      await look("the first page");
      const why = page.locator("#reden");
      assert.equal(await why.isVisible(), !javaScriptEnabled, "hidden sooner with script");
      await choose(page, "nps", 4);
      assert.ok(await why.isVisible());
      await why.fill("Te lang gewacht");
      await choose(page, "gebruikt", "klacht");
      await look("the first page with a reason");
      await page.getByRole("button", { name: "Volgende" }).click();
      for (const [row, score] of [["prijs", 4], ["service", 2], ["levering", "n/a"]]) {
        await choose(page, row, score);
      }
      for (const [row, place] of [["prijs", 1], ["service", 2], ["snelheid", 2]]) {
        await page.locator(`#rang_${row}`).fill(String(place));
      }
      await choose(page, "gemak", 80);
      await look("blocks of questions");
      await page.getByRole("button", { name: "Volgende" }).click();
      const alert = page.getByRole("alert");
      await alert.waitFor();
      await look("a wrong ranking");
      await page.locator("#rang_snelheid").fill("3");
      await page.getByRole("button", { name: "Volgende" }).click();
      await page.locator("#bedrag").fill("12,50");
      await page.locator("#dag").fill("2026-03-09");
      await choose(page, "akkoord", 1);
      await page.locator("#wie__name").fill("Jo");
      await look("details");
      await page.getByRole("button", { name: "Versturen" }).click();
      await page.locator("[data-done]").waitFor();
      assert.match(await page.locator("[data-done]").innerText(), /aan de slag/);
      const unexpected = complaints.filter((complaint) => !complaint.includes(refused));
      assert.deepEqual([unexpected, complaints.length], [[], 1], "only the wrong ranking is refused");
      await page.context().close();
    });
  }
}

test("a question that is hidden again is not sent, and one without conditions needs no script", async () => {
  const page = await visitor(browser);
  await page.goto(`${peil.url}/s/alles`);
  await choose(page, "nps", 2);
  await page.locator("#reden").fill("Toch niet");
  await choose(page, "nps", 10);
  assert.ok(!(await page.locator("#reden").isVisible()));
  assert.equal(await page.locator("[value=klacht]").isVisible(), false);
  await page.getByRole("button", { name: /Volgende|Versturen/ }).click();
  await page.locator("#bedrag").waitFor();
  assert.equal(await page.locator('[name="reden"]').count(), 1, "it travels along unseen");
  assert.equal(await page.locator("script[src*=logic]").count(), 1, "details depend on permission");
  await page.context().close();
});
