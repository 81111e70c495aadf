/**
 * Asking customers by mail, from the mail settings to the answers: customers come in through the
 * API, one of them opted out, the mails arrive and their links do what they say.
 *
 * The tests build on each other and run in order.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startMailServer } from "./smtp.mjs";
import {
  OWNER, checkAxe, checkWidth, complaintsOf, makeSurvey, setUp, startBrowser, startPeil, visitor,
} from "./support.mjs";

let peil;
let post;
let browser;
let page;
let complaints;
/** Path of the wave. */
let wave;

before(async () => {
  peil = await startPeil();
  post = await startMailServer();
  browser = await startBrowser();
  page = await visitor(browser, { bypassCSP: false });
  complaints = complaintsOf(page);
  await setUp(page, peil.url);
  await makeSurvey(page, peil.url, "nps-waarom", "Najaar");
});

after(async () => {
  await browser?.close();
  await peil?.stop();
  await post?.stop();
});

/** The first address in a mail that holds `part`. */
function linkIn(mail, part) {
  const links = mail.text.match(/http:\/\/[^\s"<>]+/g) ?? [];
  const found = links.find((link) => link.includes(part));
  assert.ok(found, `no ${part} in ${links.join(" ")}`);
  return found.replaceAll("&amp;", "&");
}

/** Loads the wave again until `isTrue` of its page: sending goes on in the background. */
async function waveWhere(isTrue) {
  const until = AbortSignal.timeout(30_000);
  for (;;) {
    await page.goto(peil.url + wave);
    if (await isTrue()) return;
    assert.ok(!until.aborted, "the wave goes on");
  }
}

/** What stands behind a name in the lists of facts. */
async function facts() {
  const pairs = await page.locator("dl.facts > div").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("dt").innerText, row.querySelector("dd").innerText]),
  );
  return Object.fromEntries(pairs);
}

test("customers come in through the API with a token from the settings", async () => {
  await page.goto(`${peil.url}/settings/tokens`);
  await page.locator("#name").fill("Webwinkel");
  await page.locator('[name=scopes][value="audience:write"]').check();
  await page.locator('form[action="/settings/tokens"] button[type=submit]').click();
  const token = await page.locator("#new-token").innerText();
  const tell = async (path, body) => {
    const answer = await fetch(`${peil.url}/api/v1${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${answer.status} ${text}`);
  };
  const contacts = [
    { name: "Anna de Wit", email: "anna@klant.example", language: "nl" },
    { name: "Bram Smit", email: "bram@klant.example", language: "nl" },
    { name: "Weg Gegaan", email: "weg@klant.example", language: "nl", opted_out: true },
    { name: "Chris Stone", email: "chris@klant.example", language: "en" },
  ];
  await tell("/contacts/upsert", { contacts });
  const conditions = [{ field: "language", operator: "is", values: ["nl"] }];
  await tell("/segments", { name: "Nederlands", filter: { conditions } });
});

test("a test mail proves that the mail settings are right", async () => {
  await page.goto(`${peil.url}/settings/mail`);
  await page.locator("#host").fill("127.0.0.1");
  await page.locator("#port").fill(String(post.port));
  await page.locator("#security").selectOption("none");
  await page.locator("#from_name").fill("Testwinkel");
  await page.locator("#from_address").fill("kto@testwinkel.example");
  await page.locator('form[action="/settings/mail"] button[type=submit]').click();
  await page.getByRole("status").getByText("Opgeslagen").waitFor();
  await page.locator('form[action="/settings/mail/test"] button').click();
  await page.getByRole("status").getByText("De mailserver heeft de testmail aangenomen").waitFor();
  await post.mailTo(OWNER.email);
  await checkAxe(page, "mail settings");
});

test("before sending it is clear who is held back and why", async () => {
  await page.goto(`${peil.url}/outreach/new`);
  const group = page.locator("#segment option", { hasText: "Nederlands" });
  await page.locator("#segment").selectOption(await group.getAttribute("value"));
  await page.locator("#name").fill("Eerste meting");
  await page.locator('form[action="/outreach/new"] button[type=submit]').click();
  await page.waitForURL(/\/outreach\/[0-9a-f-]{36}/);
  wave = new URL(page.url()).pathname;
  const steps = (await page.locator(".funnel > li > .funnel-n").allInnerTexts()).join(" ");
  assert.equal(steps, "3 −1 2");
  await page.getByText("Afgemeld voor vragenlijsten").click();
  await page.locator(".funnel-why").getByRole("link", { name: "Weg Gegaan" }).waitFor();
  await checkAxe(page, "a wave before sending");
  await page.setViewportSize({ width: 320, height: 640 });
  await checkWidth(page, "a wave before sending at 320 px");
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.locator(".funnel-why").getByRole("link", { name: "Weg Gegaan" }).click();
  await page.getByRole("heading", { level: 1, name: "Weg Gegaan" }).waitFor();
});

test("the wave goes to whom it may, and nobody else", async () => {
  await page.goto(peil.url + wave);
  await page.getByRole("button", { name: "Verstuur naar 2 klanten" }).click();
  await page.getByRole("status").getByText("De uitvraag is gestart").waitFor();
  await post.mailTo("anna@klant.example");
  await post.mailTo("bram@klant.example");
  const isSent = () => page.getByText("2 van 2 afgehandeld").isVisible();
  await waveWhere(isSent);
  await checkAxe(page, "a wave that was sent");
  const asked = post.mails.flatMap(({ recipients }) => recipients);
  assert.deepEqual(asked.sort(), ["anna@klant.example", "bram@klant.example", OWNER.email].sort());
});

test("the score clicked in the mail is chosen, nothing is kept before sending", async () => {
  const mail = await post.mailTo("anna@klant.example");
  const customer = await visitor(browser, { bypassCSP: false });
  await customer.goto(linkIn(mail, "nps=9"));
  assert.ok(await customer.locator('[name=nps][value="9"]').isChecked());
  await checkAxe(customer, "a personal questionnaire");
  await page.goto(peil.url + wave);
  assert.equal((await facts())["Beantwoord"], "0");
  await customer.locator("#waarom").fill("Vriendelijk geholpen");
  await customer.getByRole("button", { name: "Versturen" }).click();
  await customer.locator("[data-done]").waitFor();
  await checkAxe(customer, "thanks");
  await page.goto(peil.url + wave);
  const found = await facts();
  assert.equal(found["Beantwoord"], "1");
  assert.match(found["Respons"], /^50\s?%$/);
  await customer.context().close();
});

test("the answer stands beside the customer who gave it", async () => {
  await page.goto(`${peil.url}/responses`);
  const row = page.locator("table.is-stream tbody tr");
  assert.equal(await row.count(), 1);
  await row.getByRole("link", { name: "Anna de Wit" }).click();
  await page.getByText("Vriendelijk geholpen").waitFor();
  await checkAxe(page, "someone who answered");
});

test("somebody who stops through the mail is asked no more", async () => {
  const mail = await post.mailTo("bram@klant.example");
  const customer = await visitor(browser, { bypassCSP: false });
  await customer.goto(linkIn(mail, "/stop"));
  await checkAxe(customer, "the question whether to stop");
  await customer.getByRole("button", { name: "Stuur mij geen vragenlijsten meer" }).click();
  await customer.getByRole("heading", { name: "Je krijgt geen vragenlijsten meer" }).waitFor();
  await checkAxe(customer, "stopped");
  await customer.context().close();
  await page.goto(`${peil.url}/audience`);
  await page.locator("tr", { hasText: "Bram Smit" }).getByText("afgemeld").waitFor();
});

test("the button of a mail program stops the mails at once, without a page", async () => {
  const { source } = await post.mailTo("anna@klant.example");
  assert.match(source, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im);
  const [, address] = /^List-Unsubscribe: *<([^>]+)>/im.exec(source.replace(/\r\n[ \t]+/g, " "));
  const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  assert.equal((await fetch(address, { method: "POST", body })).ok, true);
  await page.goto(`${peil.url}/audience`);
  await page.locator("tr", { hasText: "Anna de Wit" }).getByText("afgemeld").waitFor();
});

test("sending left no complaint in the console", () => assert.deepEqual(complaints, []));
